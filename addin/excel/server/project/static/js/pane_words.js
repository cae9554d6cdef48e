// The pane's words in the language of Office, else of the browser: English stands in the page and in these scripts, and translations
// come from the server, made of the one catalogue (model/language). Without a translation the words stay English.

const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];
const SHOWN = ["title", "aria-label", "placeholder", "data-busy"];

let spoken = { code: "en", sentences: {} };
let rules = new Intl.PluralRules("en");

const filled = (text, named) => text.replace(/%\((\w+)\)s|%%/g, (mark, name) => (name ? named[name] : "%"));

// A sentence with what belongs in it: gettext("Sheet %(sheet)s has no students yet.", { sheet }).
export const gettext = (message, named = {}) => filled(spoken.sentences[message] ?? message, named);

// A sentence that depends on a number, which stands in it as %(number)s.
export function ngettext(one, many, number, named = {}) {
  const forms = spoken.sentences[one];
  return filled(forms ? forms[formOf(number)] : number === 1 ? one : many, { number, ...named });
}

// Words of the server's or of the page, which hold nothing to be filled in; what the catalogue does not have stays as it is.
export function known(text) {
  const found = spoken.sentences[text];
  return typeof found === "string" ? found : text;
}

export const language = () => spoken.code;

// Which form of a plural: gettext counts those that whole numbers have, in the order of Unicode's names for them. (Fractions have a
// form of their own in some languages; nothing here is counted in fractions.)
function formOf(number) {
  const used = new Set(Array.from({ length: 200 }, (_, n) => rules.select(n)));
  return CATEGORIES.filter((each) => used.has(each)).indexOf(rules.select(number));
}

// What ?lang= asks for, else the language of Office's menus, else the browser's.
function wanted() {
  const asked = new URLSearchParams(location.search).get("lang");
  return asked ? [asked] : [globalThis.Office?.context?.displayLanguage, ...navigator.languages].filter(Boolean).slice(0, 1);
}

// Learns the language and says everything in it that stands in the page already.
export async function speak() {
  const [code] = wanted().map((each) => each.toLowerCase().split(/[-_]/)[0]);
  if (!/^[a-z]{2,3}$/.test(code ?? "") || code === spoken.code) return;
  try {
    const answer = await fetch(new URL(`words/${code}.json`, location.href));
    if (!answer.ok) return;
    spoken = await answer.json();
  } catch {
    return; // English is there
  }
  if (spoken.code === "en") return;
  rules = new Intl.PluralRules(spoken.code);
  document.documentElement.lang = spoken.code;
  for (const within of [document.body, ...[...document.querySelectorAll("template")].map(({ content }) => content)]) say(within);
}

function say(within) {
  const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode: node } = texts;
    const text = node.data.replace(/\s+/g, " ").trim();
    const said = known(text);
    if (text && said !== text) node.data = node.data.replace(/\S(?:[\s\S]*\S)?/, () => said);
  }
  for (const name of SHOWN) {
    for (const element of within.querySelectorAll(`[${name}]`)) element.setAttribute(name, known(element.getAttribute(name)));
  }
}
