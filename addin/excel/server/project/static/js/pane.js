// The task pane: puts its parts together. It shows what the server answers and keeps nothing: no name goes into an address or into
// the browser's storage.

import { Class } from "./pane_class.js";
import { Columns } from "./pane_columns.js";
import { inWords, Messages } from "./pane_messages.js";
import { one, takeColours } from "./pane_page.js";
import { gettext, known, language, speak } from "./pane_words.js";
import { press } from "./press.js";
import { pressAndShow } from "./ribbon.js";

function start() {
  takeColours();
  const refreshButton = one("#refresh");
  const commands = [...document.querySelectorAll("[data-script]")];
  const busyWords = (script) => commands.find(({ dataset }) => dataset.script === script)?.dataset.busy;
  let pressed = refreshButton;
  const messages = new Messages({ closed: () => pressed.focus() });
  const shown = new Class({ enter });

  // One thing at a time: while anything is under way, the pane's buttons do nothing.
  const underWay = [];
  function began(words) {
    underWay.push(words);
    tellBusy();
  }
  function ended() {
    underWay.shift();
    tellBusy();
  }
  function tellBusy() {
    const [words] = underWay;
    if (words) messages.working(`${words[0].toUpperCase()}${words.slice(1)} …`);
    else messages.rested();
    for (const button of [refreshButton, ...commands]) button.setAttribute("aria-disabled", Boolean(words));
    one("#students").setAttribute("aria-busy", Boolean(words));
  }

  // Reads the class and shows it; throws what to tell.
  async function read() {
    began(gettext("Reading the class"));
    try {
      const { glance } = await press("show_class", language());
      shown.show(glance);
    } catch (error) {
      throw new Error(inWords(error.message));
    } finally {
      ended();
    }
  }

  async function refresh() {
    try {
      await read();
    } catch (error) {
      messages.fail(error.message);
      shown.lacking();
    }
  }

  async function enter(student, decision, note, entered) {
    if (underWay.length) return null;
    messages.clear();
    began(gettext("Entering the decision"));
    let told;
    try {
      ({ told } = await press("enter_decision", student.key, decision, note, student.decision, student.note));
      entered();
    } catch (error) {
      throw new Error(inWords(error.message));
    } finally {
      ended();
    }
    try {
      await read();
    } catch (error) {
      const stands = gettext("The decision is entered, but the list could not be read again.");
      throw new Error(`${stands} ${error.message}`);
    }
    return known(told);
  }

  // One script of the pane's own, with its words; null where something else is under way.
  async function ask(words, ...call) {
    if (underWay.length) return null;
    messages.clear();
    began(words);
    try {
      return await press(...call);
    } catch (error) {
      throw new Error(inWords(error.message));
    } finally {
      ended();
    }
  }
  new Columns({
    ask: async () => (await ask(gettext("Reading the columns"), "show_columns"))?.columns ?? null,
    keep: async (said) => {
      const answer = await ask(gettext("Keeping what the columns mean"), "keep_columns", said);
      if (!answer) return null;
      await refresh();
      return known(answer.told);
    },
  });

  // The pane's own buttons and those of the tab say the same; what they did is read from the sheet again.
  document.addEventListener("markbook:busy", ({ detail }) => {
    messages.clear();
    began(busyWords(detail.script));
  });
  document.addEventListener("markbook:done", async ({ detail: { answer } }) => {
    ended();
    messages.tell(answer.told, answer.files);
    await refresh();
  });
  document.addEventListener("markbook:error", ({ detail }) => {
    ended();
    messages.fail(detail.message);
  });

  for (const button of commands) {
    button.addEventListener("click", () => {
      if (underWay.length) return;
      pressed = button;
      pressAndShow(button.dataset.script);
    });
  }
  const more = one("#more-commands");
  more.addEventListener("click", () => {
    const rest = one("#rest");
    rest.hidden = !rest.hidden;
    more.setAttribute("aria-expanded", !rest.hidden);
  });
  refreshButton.addEventListener("click", () => {
    if (underWay.length) return;
    pressed = refreshButton;
    messages.clear();
    refresh();
  });
  document.addEventListener("keydown", ({ key, target }) => {
    // In the search field, Escape empties the field first.
    if (key !== "Escape" || target.value || !messages.open) return;
    messages.clear();
    pressed.focus();
  });

  // The page also runs unseen, for the functions: nothing is read before the pane is looked at, and nothing without Excel.
  const look = () => document.visibilityState !== "visible" || shown.glance || underWay.length || refresh();
  Office.onReady().then(async ({ host }) => {
    await speak();
    if (!host) return;
    document.addEventListener("visibilitychange", look);
    look();
  });
}

if (one("#pane")) start();
