// A student's decision and note: shown as they stand in the sheet, and entered there with one press. What the teacher is typing is
// never overwritten by a newer reading.

import { copyOf, fill, one } from "./pane_page.js";
import { gettext } from "./pane_words.js";

export class Decision {
  // enter(decision, note): enters both and answers what to say; null where something else is under way; throws what to tell.
  constructor(student, { enter }) {
    this.enter = enter;
    this.element = copyOf("decision").firstElementChild;
    this.note = one("textarea", this.element);
    this.save = one(".save", this.element);
    this.back = one(".back", this.element);
    this.choices = [...this.element.querySelectorAll("[data-decision]")];
    this.typed = false;
    this.element.setAttribute("aria-label", gettext("Your decision about %(name)s", student));

    this.note.addEventListener("input", () => {
      this.typed = this.note.value !== this.student.note;
      this.save.hidden = !this.typed;
    });
    for (const choice of this.choices) choice.addEventListener("click", () => this.send(choice.dataset.decision, choice));
    this.save.addEventListener("click", () => this.send(this.student.decision, this.note));
    this.back.addEventListener("click", () => this.send("", this.choices[0]));
  }

  update(student, canDecide) {
    this.student = student;
    if (!this.typed) this.note.value = student.note;
    this.save.hidden = !this.typed;
    this.back.hidden = !student.decision;
    for (const choice of this.choices) choice.setAttribute("aria-pressed", choice.dataset.decision === student.decision);
    const why = reasonAgainst(student, canDecide);
    const cannot = one(".cannot", this.element);
    cannot.hidden = !why;
    cannot.textContent = why;
    for (const part of this.element.querySelectorAll("label, .choices, .actions")) part.hidden = Boolean(why);
  }

  // next: what has the focus afterwards, where the pressed button is gone by then.
  async send(decision, next) {
    fill(this.element, { ".saving": "", ".refused": "" });
    const note = this.note.value;
    try {
      const told = await this.enter(decision, note, () => {
        if (this.note.value === note) this.typed = false;
      });
      if (told === null) return;
      fill(this.element, { ".saving": told });
      if (document.activeElement === document.body) next.focus();
    } catch (error) {
      fill(this.element, { ".refused": error.message });
    }
  }
}

function reasonAgainst(student, canDecide) {
  if (!canDecide) return gettext("The sheet has no column for decisions yet. Press Score class, which adds it.");
  if (!student.known) return gettext("This student cannot be told from another by the sheet. Enter the decision in the sheet itself.");
  return "";
}
