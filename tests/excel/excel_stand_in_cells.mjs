// The workbook of the stand-in: sheets of cells, and what Excel makes of a value that is written into one. No imports.

const DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);
const YEAR = 2026; // of "3/4", which Excel takes for a day of this year

export function letters(column) {
  let text = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  }
  return text;
}

// "B2:D9" or "'My sheet'!$B$2" -> { top, left, rows, columns }, counted from 1.
export function corners(address) {
  const cell = (text) => {
    const [, column, row] = /^([A-Z]+)(\d+)$/.exec(text);
    return [Number(row), [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)];
  };
  const [from, to] = address.split("!").at(-1).replaceAll("$", "").split(":");
  const [top, left] = cell(from);
  const [bottom, right] = cell(to ?? from);
  return { top, left, rows: bottom - top + 1, columns: right - left + 1 };
}

export function addressOf({ top, left, rows, columns }) {
  const first = `${letters(left)}${top}`;
  return rows * columns === 1 ? first : `${first}:${letters(left + columns - 1)}${top + rows - 1}`;
}

const serial = (year, month, day) => Math.round((Date.UTC(year, month - 1, day) - EPOCH) / DAY);

// What Excel makes of an entry: { value, formula, format } with what it changes.
export function interpreted(entry, format) {
  if (typeof entry !== "string") return { value: entry };
  if (entry.startsWith("'")) return { value: entry.slice(1) };
  if (format === "@") return { value: entry };
  if (/^[=+@]|^-\D/.test(entry)) {
    const formula = entry.startsWith("=") ? entry : `=${entry}`;
    // A link shows its text; what other formulas answer, only Excel knows.
    const link = /^=HYPERLINK\("#.*","(.*)"\)$/.exec(formula);
    return { formula, value: link ? link[1].replaceAll('""', '"') : "#BUSY!" };
  }
  if (/^(TRUE|FALSE)$/i.test(entry)) return { value: entry.toUpperCase() === "TRUE" };
  if (/^-?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(entry.trim())) return { value: Number(entry) };
  const percent = /^(-?\d+(\.\d+)?) ?%$/.exec(entry);
  if (percent) return { value: Number(percent[1]) / 100, format: "0%" };
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(entry);
  if (iso) return { value: serial(+iso[1], +iso[2], +iso[3]), format: "yyyy-mm-dd" };
  const short = /^(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?$/.exec(entry);
  if (short && +short[2] <= 12) return { value: serial(+(short[3] ?? YEAR), +short[2], +short[1]), format: "dd/mm/yyyy" };
  return { value: entry };
}

export class Cell {
  value = "";
  formula = null;
  format = "General";
  bold = false;
  wrap = false;
  list = null;

  write(entry) {
    if (entry === null) return; // Office.js leaves such a cell alone
    const { value, formula = null, format } = interpreted(entry, this.format);
    this.value = value;
    this.formula = formula;
    if (format && this.format === "General") this.format = format;
  }
}

export class Sheet {
  constructor({ name, visibility = "Visible", values = [], formats = {}, tables = [], filter = null, shapes = [] }) {
    Object.assign(this, { name, visibility, filter, shapes, cells: new Map(), tables: [], rules: [], watchers: [], showGridlines: true });
    values.forEach((row, r) => row.forEach((value, c) => value !== "" && (this.cell(r + 1, c + 1).value = value)));
    for (const [address, format] of Object.entries(formats)) {
      const { top, left } = corners(address);
      this.cell(top, left).format = format;
    }
    for (const { name: title, address, filters = {} } of tables) {
      this.tables.push({ name: title, sheet: this, place: corners(address), filters: new Map(Object.entries(filters)) });
    }
  }

  cell(row, column) {
    const key = `${row},${column}`;
    if (!this.cells.has(key)) this.cells.set(key, new Cell());
    return this.cells.get(key);
  }

  // The rectangle of all values, null where there is none.
  used() {
    const filled = [...this.cells].filter(([, cell]) => cell.value !== "").map(([key]) => key.split(",").map(Number));
    if (!filled.length) return null;
    const [rows, columns] = [filled.map(([r]) => r), filled.map(([, c]) => c)];
    const [top, left] = [Math.min(...rows), Math.min(...columns)];
    return { top, left, rows: Math.max(...rows) - top + 1, columns: Math.max(...columns) - left + 1 };
  }
}

export class Workbook {
  constructor({ name, selection = "A1", active = 0, sheets, names = [] }) {
    this.name = name;
    this.sheets = sheets.map((sheet) => new Sheet(sheet));
    this.active = this.sheets[active];
    this.selection = { sheet: this.active, ...corners(selection) };
    this.names = names.map(({ name: title, sheet, address }) => ({
      name: title,
      range: { sheet: this.sheet(sheet), ...corners(address) },
    }));
  }

  sheet(name) {
    return this.sheets.find((sheet) => sheet.name.toLowerCase() === name.toLowerCase()) ?? null;
  }

  add(name) {
    if (name && this.sheet(name)) throw new Error(`ItemAlreadyExists: ${name}`);
    const sheet = new Sheet({ name: name ?? `Sheet${this.sheets.length + 1}` });
    this.sheets.push(sheet);
    return sheet;
  }
}

// What the workbook looks like, as JSON.
export function snapshot(workbook) {
  return {
    name: workbook.name,
    active: workbook.active.name,
    sheets: workbook.sheets.map((sheet) => {
      const by = (what, keep) =>
        Object.fromEntries(
          [...sheet.cells]
            .map(([key, cell]) => [key.split(",").map(Number), cell[what]])
            .filter(([, value]) => keep(value))
            .map(([[r, c], value]) => [`${letters(c)}${r}`, value]),
        );
      return {
        name: sheet.name,
        visibility: sheet.visibility,
        values: by("value", (value) => value !== ""),
        formulas: by("formula", (formula) => formula !== null),
        formats: by("format", (format) => format !== "General"),
        bold: by("bold", Boolean),
        wrap: by("wrap", Boolean),
        lists: by("list", (list) => list !== null),
        tables: sheet.tables.map((table) => ({
          name: table.name,
          address: addressOf(table.place),
          filters: Object.fromEntries(table.filters),
        })),
        filter: sheet.filter,
        rules: sheet.rules.map(({ place, operator, formula, fill, font }) => ({
          address: addressOf(place),
          operator,
          formula,
          fill,
          font,
        })),
      };
    }),
  };
}
