// The class as the server's answer tells it: heading, counts, the list in order of priority, what was not understood; and the filters
// over the list. A student keeps the place on the page from one answer to the next, with what is open and what is being typed.

import { EVERYBODY, isShown } from "./pane_filter.js";
import { fill, made, one } from "./pane_page.js";
import { Student } from "./pane_student.js";
import { gettext, ngettext } from "./pane_words.js";

export class Class {
  // enter(student, decision, note, entered): enters a decision; see pane_decision.js.
  constructor({ enter }) {
    this.glance = null;
    this.students = new Map();
    this.desk = { enter, canDecide: () => this.glance.can_decide };
    this.list = one("#students");
    this.search = one("#search");
    this.strand = one("#strand");
    this.counts = [...document.querySelectorAll(".count")];

    this.search.addEventListener("input", () => this.filter());
    this.strand.addEventListener("change", () => this.filter());
    for (const count of this.counts) {
      count.addEventListener("click", () => {
        count.setAttribute("aria-pressed", count.getAttribute("aria-pressed") !== "true");
        this.filter();
      });
    }
    one("#everybody").addEventListener("click", () => {
      this.choose(EVERYBODY);
      this.search.focus();
    });
    this.list.addEventListener("keydown", (event) => this.walk(event));
  }

  show(glance) {
    this.glance = glance;
    one("main").classList.remove("without");
    fill(document, {
      "#class-name": glance.class,
      "#about": ngettext(
        "%(number)s student · half-term %(half_term)s · sheet %(sheet)s",
        "%(number)s students · half-term %(half_term)s · sheet %(sheet)s",
        glance.students.length,
        glance,
      ),
    });
    for (const count of this.counts) one(".number", count).textContent = glance.counts[count.dataset.flag];
    const hint = one("#hint");
    hint.hidden = glance.can_decide;
    // Translators: Score class is a button; call it what it is called there.
    hint.textContent = gettext("These results are not in the sheet yet. Score class writes them beside the students.");
    this.arrange(glance.students);
    this.showQueries(glance.queries);
    this.filter();
  }

  // No class could be read, and none was before.
  lacking() {
    if (this.glance) return;
    one("main").classList.add("without");
    one("#nobody").hidden = false;
    one("#everybody").hidden = true;
    one("#nobody p").textContent = gettext("No class to show yet. Open your markbook in this window and press Refresh.");
  }

  // Moves no more than it must: an element that is moved loses the focus.
  arrange(students) {
    const before = this.students;
    this.students = new Map();
    let next = this.list.firstElementChild;
    for (const student of students) {
      const key = student.known ? student.key : `row ${student.row}`;
      const kept = before.get(key);
      before.delete(key);
      kept?.update(student);
      const { element } = this.students.set(key, kept ?? new Student(student, this.desk)).get(key);
      if (element === next) next = next.nextElementSibling;
      else this.list.insertBefore(element, next);
    }
    for (const { element } of before.values()) element.remove();
  }

  showQueries(queries) {
    const place = one("#queries");
    place.hidden = !queries.length;
    one("h2", place).textContent = ngettext("%(number)s cell not understood", "%(number)s cells not understood", queries.length);
    one("ul", place).replaceChildren(
      ...queries.map(({ cell, value, rule, remedy }) => {
        const item = made("li", "");
        item.append(made("strong", cell), " ", made("q", value), made("p", `${sentence(rule)} ${sentence(remedy)}`));
        return item;
      }),
    );
  }

  choose({ flags, strand, words }) {
    for (const count of this.counts) count.setAttribute("aria-pressed", flags.has(count.dataset.flag));
    this.strand.value = strand;
    this.search.value = words;
    this.filter();
  }

  filter() {
    if (!this.glance) return;
    const pressed = this.counts.filter((count) => count.getAttribute("aria-pressed") === "true");
    const wanted = {
      flags: new Set(pressed.map((count) => count.dataset.flag)),
      strand: this.strand.value,
      words: this.search.value.trim(),
    };
    let shown = 0;
    for (const { element, student } of this.students.values()) {
      element.hidden = !isShown(student, wanted);
      shown += !element.hidden;
    }
    const all = this.students.size;
    one("#shown").textContent =
      shown === all ? gettext("all %(number)s, in order of priority", { number: all }) : gettext("%(shown)s of %(all)s", { shown, all });
    const nobody = one("#nobody");
    nobody.hidden = shown > 0;
    one("p", nobody).textContent = all ? gettext("Nobody matches.") : gettext("Sheet %(sheet)s has no students yet.", this.glance);
    one("#everybody").hidden = !all;
  }

  // Up, Down, Home and End go from student to student.
  walk(event) {
    if (!event.target.classList.contains("head")) return;
    const heads = [...this.students.values()].filter(({ element }) => !element.hidden).map(({ head }) => head);
    const here = heads.indexOf(event.target);
    const goal = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: heads.length - 1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    heads[Math.max(0, Math.min(goal, heads.length - 1))].focus();
  }
}

const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);
