// What the pane has to say, in its place: what is under way, what came of it, with files to be saved, and what went wrong.

import { made, one } from "./pane_page.js";
import { gettext, known } from "./pane_words.js";

// Words of xlwings' client or of Excel that do not say what to do.
const IN_WORDS = [
  [
    /^No response received from server/,
    () =>
      gettext(
        "The server did not answer, and before it answers nothing is changed in your workbook. Check your network and try again; if that does not help, tell the person who runs the server.",
      ),
  ],
  [
    /^(Unauthorized|Auth Error|Not authenticated)/i,
    () =>
      gettext(
        "You are not signed in, so nothing was done. Sign in to Excel with your school account and try again; if that does not help, tell the person who runs the server.",
      ),
  ],
];

export function inWords(message) {
  return IN_WORDS.find(([pattern]) => pattern.test(message))?.[1]() ?? known(message);
}

export class Messages {
  // closed: where the focus goes when a message is closed.
  constructor({ closed }) {
    this.closed = closed;
    this.places = { progress: one("#progress"), problem: one("#problem"), told: one("#told") };
    this.links = [];
  }

  working(words) {
    this.places.progress.replaceChildren(made("span", words));
  }

  rested() {
    this.places.progress.replaceChildren();
  }

  tell(text, files = []) {
    if (!text && !files.length) return;
    const lines = text.split("\n").filter(Boolean);
    this.show(this.places.told, [...lines.map((line) => made("p", known(line))), ...files.map((file) => this.download(file))]);
  }

  fail(message) {
    this.show(this.places.problem, [made("p", inWords(message))]);
  }

  show(place, content) {
    const close = made("button", "×", "close quiet");
    close.type = "button";
    close.setAttribute("aria-label", gettext("Close"));
    close.addEventListener("click", () => {
      this.clear();
      this.closed();
    });
    place.replaceChildren(...content, close);
    place.scrollIntoView({ block: "nearest" });
  }

  get open() {
    return [this.places.problem, this.places.told].some((place) => place.hasChildNodes());
  }

  clear() {
    this.places.problem.replaceChildren();
    this.places.told.replaceChildren();
    this.links.forEach((link) => URL.revokeObjectURL(link.href));
    this.links = [];
  }

  // A file as a link that saves it; its content stays in this page.
  download({ name, media_type, base64 }) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const link = made("a", gettext("Save %(name)s", { name }), "file");
    link.href = URL.createObjectURL(new Blob([bytes], { type: media_type }));
    link.download = name;
    this.links.push(link);
    return link;
  }
}
