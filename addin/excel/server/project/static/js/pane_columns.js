// What each column is taken for, and the place to say otherwise: kept on the sheet Columns, so that it is asked once.

import { copyOf, fill, made, one } from "./pane_page.js";
import { gettext } from "./pane_words.js";

export class Columns {
  // ask(): answers the columns; keep(said): enters what is said and answers what to tell. Both throw what to tell, and answer null
  // where something else is under way.
  constructor({ ask, keep }) {
    this.ask = ask;
    this.keep = keep;
    this.place = one("#columns");
    this.opens = one("#show-columns");
    this.inside = one("#columns-inside");
    this.list = one("#columns ul");
    this.best = one("#best-mark");
    this.save = one("#keep-columns");
    this.opens.addEventListener("click", () => this.toggle());
    this.save.addEventListener("click", () => this.send());
  }

  async toggle() {
    const opening = this.inside.hidden;
    if (opening && !(await this.load())) return;
    this.inside.hidden = !opening;
    this.opens.setAttribute("aria-expanded", opening);
  }

  async load() {
    fill(this.place, { ".refused": "", ".saving": "" });
    try {
      const found = await this.ask();
      if (found) this.show(found);
      return Boolean(found);
    } catch (error) {
      fill(this.place, { ".refused": error.message });
      return false;
    }
  }

  show({ doubt, asks, meanings, columns }) {
    fill(this.place, { ".doubt": doubt.replace(/`[^`]*`(, or .*? in place of \d)?/, gettext("the choices below")) });
    one(".doubt", this.place).hidden = !doubt;
    this.best.closest("label").hidden = asks !== "best mark";
    this.best.value = "";
    // What is in question stands first.
    const unsure = columns.filter((column) => !column.is_sure);
    const rest = columns.filter((column) => column.is_sure);
    this.list.replaceChildren(...[...unsure, ...rest].map((column) => this.line(column, meanings)));
  }

  line(column, meanings) {
    const item = copyOf("column").firstElementChild;
    const guess = column.is_left_out ? gettext("left out") : column.is_sure ? column.guess : `${column.guess}?`;
    fill(item, {
      ".heading": `${column.place} ${column.heading}`,
      ".samples": column.samples.join(" · ") || gettext("nothing yet"),
      // Translators: what a column of the sheet is taken for, and why.
      ".guess": gettext("Taken for %(guess)s: %(why)s", { guess, why: column.why }),
    });
    const choice = one("select", item);
    choice.setAttribute("aria-label", gettext("What %(heading)s means", column));
    choice.append(...meanings.map((meaning) => made("option", meaning)));
    choice.dataset.heading = column.heading;
    return item;
  }

  async send() {
    fill(this.place, { ".refused": "", ".saving": "" });
    const said = {};
    for (const choice of this.list.querySelectorAll("select")) {
      if (choice.value) said[choice.dataset.heading] = choice.value;
    }
    if (this.best.value) said["best mark"] = this.best.value;
    try {
      const told = await this.keep(JSON.stringify(said));
      if (told === null) return;
      await this.load();
      fill(this.place, { ".saving": told });
    } catch (error) {
      fill(this.place, { ".refused": error.message });
    }
  }
}
