// Small helpers for the page: copies of its templates, elements with text.

export const one = (what, within = document) => within.querySelector(what);

export function copyOf(template) {
  return one(`template#${template}`).content.cloneNode(true);
}

export function made(tag, text, className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

export function fill(within, texts) {
  for (const [what, text] of Object.entries(texts)) one(what, within).textContent = text;
}

// The flags' colours travel with the page's own buttons, from the table that the sheet's colours come from. Rules are added to the
// style sheet, since the page's policy allows no style in its text.
export function takeColours() {
  const { sheet } = one('link[href*="pane.css"]');
  for (const { dataset } of document.querySelectorAll("[data-fill]")) {
    const { flag, fill: background, text } = dataset;
    sheet.insertRule(`[data-flag="${CSS.escape(flag)}"] { --fill: ${background}; --text: ${text}; }`, sheet.cssRules.length);
  }
}
