// Which students are shown: those of the chosen flags (none chosen: all), with a topic of the chosen strand, whose name or ID has every
// word of what was typed, whatever its case and accents.

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const EVERYBODY = Object.freeze({ flags: new Set(), strand: "", words: "" });

export function isShown(student, { flags, strand, words }) {
  if (flags.size && !flags.has(student.flag)) return false;
  if (strand && !student.topics.some((need) => need.strand === strand)) return false;
  const known = folded(`${student.name} ${student.student_id ?? ""}`);
  return folded(words)
    .split(/\s+/)
    .every((word) => known.includes(word));
}
