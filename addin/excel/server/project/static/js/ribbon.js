// The buttons of the tab: each asks the server for the script of its name, and what comes back is shown in the task pane.
//
// The task pane hears of it by an event on the document:
//   "markbook:busy"  detail { script }
//   "markbook:done"  detail { script, answer }         answer as press.js gives it
//   "markbook:error" detail { script, message }

import { press } from "./press.js";

// The names of the manifest's buttons; a test compares them with the one table (addin/excel/buttons.py).
const BUTTONS = [
  "score_class", "check_data", "clear_results", "what_if",
  "plan_clinics", "write_packs", "write_letters", "email_markbook", "show_help"
];

function announce(what, detail) {
  document.dispatchEvent(new CustomEvent(`markbook:${what}`, { detail }));
}

export async function pressAndShow(script, ...args) {
  announce("busy", { script });
  try {
    const answer = await press(script, ...args);
    announce("done", { script, answer });
    return answer;
  } catch (error) {
    announce("error", { script, message: error.message });
    return null;
  }
}

for (const script of BUTTONS) {
  Office.actions.associate(script, async (event) => {
    try {
      // What a button has to say stands in the pane: Excel has no message box for an add-in.
      await Office.addin.showAsTaskpane();
      await pressAndShow(script);
    } finally {
      event.completed();
    }
  });
}
