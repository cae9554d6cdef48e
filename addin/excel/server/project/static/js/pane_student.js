// One student of the list: who, flag and first reason at once; on request all reasons, topics with the marks behind them, activities
// and the decision. What is not looked at is not built.

import { Decision } from "./pane_decision.js";
import { copyOf, fill, made, one } from "./pane_page.js";
import { gettext } from "./pane_words.js";

const EVIDENCE = {
  weak: () => gettext("weak evidence"),
  moderate: () => gettext("moderate evidence"),
  strong: () => gettext("strong evidence"),
};
const KINDS = {
  // Translators: stands before the title of an activity that teaches a topic anew.
  "re-teach": () => gettext("Re-teach:"),
  // Translators: stands before the title of an activity.
  practise: () => gettext("Practise:"),
};
const STEPS = {
  // Translators: a step of a path; "why" is in small letters, and so is what stands after "Done".
  topic: (each) => gettext("%(topic)s: %(why)s. Done: %(done_when)s.", each),
  "missing first": (each) => gettext("%(topic)s (missing first): %(why)s. Done: %(done_when)s.", each),
  practise: (each) => gettext("%(topic)s (practise): %(why)s. Done: %(done_when)s.", each),
  mixed: (each) => gettext("%(topic)s (mixed): %(why)s. Done: %(done_when)s.", each),
};

export class Student {
  constructor(student, desk) {
    this.desk = desk;
    this.element = copyOf("student").firstElementChild;
    this.head = one(".head", this.element);
    this.more = one(".more", this.element);
    this.head.addEventListener("click", () => this.open(!this.isOpen));
    this.more.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.open(false);
      this.head.focus();
    });
    this.update(student);
  }

  get isOpen() {
    return this.head.getAttribute("aria-expanded") === "true";
  }

  update(student) {
    this.student = student;
    const [sign, ...word] = student.flag.split(" ");
    this.element.dataset.flag = student.flag;
    fill(this.element, {
      ".priority": student.priority ?? "–",
      ".name": student.name || student.student_id || gettext("Row %(row)s", student),
      ".sign": sign,
      ".word": word.join(" "),
      ".because": student.reasons[0] ?? "",
      ".decided strong": student.decision,
      ".decided span": student.note,
    });
    if (this.isOpen) this.build();
    else this.stale = true;
  }

  open(open) {
    if (open && this.stale) this.build();
    this.head.setAttribute("aria-expanded", open);
    this.more.hidden = !open;
  }

  build() {
    this.stale = false;
    this.renew();
    if (!this.decision) {
      this.decision = new Decision(this.student, {
        enter: (decision, note, entered) => this.desk.enter(this.student, decision, note, entered),
      });
      this.more.append(this.decision.element);
    }
    this.decision.update(this.student, this.desk.canDecide());
  }

  renew() {
    const text = JSON.stringify(this.student);
    if (this.shown === text) return;
    this.shown = text;
    const { student } = this;
    const facts = copyOf("facts");
    one(".who", facts).textContent = [
      student.risk === null ? "" : gettext("Risk %(value)s %%", { value: Math.round(100 * student.risk) }),
      student.student_id ?? "",
      gettext("row %(row)s", student),
    ]
      .filter(Boolean)
      .join(" · ");
    one(".reasons", facts).append(...student.reasons.map((reason) => made("li", reason)));
    put(one(".topics", facts), student.topics.map(topic));
    put(one(".activities", facts), student.activities.map(activity));
    put(one(".path", facts), student.pathway.map(step));
    one(".facts", this.element).replaceChildren(facts);
  }
}

// Nothing to put in: the heading above goes too.
function put(place, parts) {
  if (parts.length) return place.append(...parts);
  place.previousElementSibling.remove();
  place.remove();
}

function topic(need) {
  const part = copyOf("topic").firstElementChild;
  const known = need.earned !== null && need.out_of;
  fill(part, {
    ".topic": need.topic ? `${need.topic} (${need.strand})` : need.strand,
    ".marks": known ? `${need.earned}/${need.out_of}` : "",
    ".evidence": EVIDENCE[need.evidence](),
  });
  const bar = one(".bar", part);
  if (known) bar.firstElementChild.style.width = `${Math.min(100, (100 * need.earned) / need.out_of)}%`;
  else bar.remove();
  return part;
}

function step(each) {
  return made("li", STEPS[each.kind](each));
}

function activity(each) {
  const part = copyOf("activity").firstElementChild;
  fill(part, {
    ".kind": KINDS[each.kind](),
    ".title": each.title,
    ".misconception": each.misconception,
    ".scaffold": each.scaffold,
    ".fade": each.fade,
  });
  return part;
}
