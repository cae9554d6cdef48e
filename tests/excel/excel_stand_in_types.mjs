// The table of Office.js' types that the stand-in knows: scalars (get, and set where it can be written), navs to other types, methods
// (run when the context syncs), and of collections their items.

import { addressOf, corners, Sheet } from "./excel_stand_in_cells.mjs";

const quoted = (name) => (/^\w+$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`);
const read = (name) => ({ get: (model) => model[name] });
const readWrite = (name) => ({ get: (model) => model[name], set: (model, value) => (model[name] = value) });
const constant = (value) => ({ get: () => value });

export const ranges = {
  at: (sheet, address) => ({ sheet, ...corners(address) }),
  cells: ({ sheet, top, left, rows, columns }) =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => sheet.cell(top + r, left + c))),
  all: (range) => ranges.cells(range).flat(),
  values: (range) => ranges.cells(range).map((row) => row.map((cell) => cell.value)),
  of: (range, what) => ranges.cells(range).map((row) => row.map(what)),
};

function write(range, matrix) {
  const given = Array.isArray(matrix) ? matrix : Array(range.rows).fill(Array(range.columns).fill(matrix));
  if (given.length !== range.rows || given.some((row) => row.length !== range.columns)) {
    throw new Error(`InvalidArgument: ${given.length} rows of ${given[0]?.length} for ${addressOf(range)}`);
  }
  ranges.cells(range).forEach((row, r) => row.forEach((cell, c) => cell.write(given[r][c])));
  nameTableColumns(range.sheet);
}

// Excel leaves no heading of a table empty: it calls such columns Column1, Column2 ...
function nameTableColumns(sheet) {
  for (const { place } of sheet.tables) {
    let number = 0;
    for (const cell of ranges.all({ sheet, ...place, rows: 1 })) if (cell.value === "") cell.value = `Column${++number}`;
  }
}

function clear(range, what) {
  for (const cell of ranges.all(range)) {
    if (what !== "Formats") Object.assign(cell, { value: "", formula: null });
    if (what !== "Contents") Object.assign(cell, { format: "General", bold: false, wrap: false });
  }
  nameTableColumns(range.sheet);
}

function resize(table, address) {
  const place = corners(address);
  if (place.top !== table.place.top) throw new Error("InvalidArgument: a table keeps its heading row");
  table.place = place;
  nameTableColumns(table.sheet);
}

const part = (table, from, rows) => ({ sheet: table.sheet, ...table.place, top: table.place.top + from, rows });
const ofFirst = (name) => ({
  get: (range) => ranges.all(range)[0][name],
  set: (range, value) => ranges.all(range).forEach((cell) => (cell[name] = value)),
});
const rule = (range) => ({ place: range, formula: "", fill: null, font: {}, priority: 0, sheet: range.sheet });
const NOTHING = { items: { kind: "Nothing", list: () => [] } };

export const TYPES = {
  Nothing: {},
  Workbook: {
    scalars: { name: read("name") },
    navs: {
      worksheets: ["Worksheets", (book) => book],
      names: ["Names", (book) => book],
      application: ["Application", (book) => book],
    },
    methods: { getSelectedRange: { kind: "Range", run: (book) => book.selection } },
  },
  Application: {
    scalars: { calculationMode: constant("Automatic") },
    navs: { cultureInfo: ["CultureInfo", (book) => book] },
  },
  CultureInfo: { scalars: { name: constant("en-GB") }, navs: { datetimeFormat: ["DateFormat", (book) => book] } },
  DateFormat: { scalars: { shortDatePattern: constant("dd/mm/yyyy") } },
  Worksheets: {
    items: { kind: "Worksheet", list: (book) => book.sheets.map((sheet) => Object.assign(sheet, { book })) },
    methods: {
      getItem: { kind: "Worksheet", run: (book, name) => found(book, name) },
      getItemOrNullObject: { kind: "Worksheet", run: (book, name) => book.sheet(name) },
      getActiveWorksheet: { kind: "Worksheet", run: (book) => Object.assign(book.active, { book }) },
      add: { kind: "Worksheet", run: (book, name) => Object.assign(book.add(name), { book }) },
    },
  },
  Worksheet: {
    scalars: {
      name: readWrite("name"),
      visibility: readWrite("visibility"),
      showGridlines: readWrite("showGridlines"),
      position: { get: (sheet) => sheet.book.sheets.indexOf(sheet), set: move },
    },
    navs: {
      names: ["NoNames", (sheet) => sheet],
      tables: ["Tables", (sheet) => sheet],
      charts: ["Charts", (sheet) => sheet],
      shapes: ["Shapes", (sheet) => sheet],
      onSelectionChanged: ["Selections", (sheet) => sheet],
      pivotTables: ["Charts", (sheet) => sheet],
      pageLayout: ["PageLayout", (sheet) => sheet],
      protection: ["Protection", (sheet) => sheet],
      autoFilter: ["AutoFilter", (sheet) => sheet],
    },
    methods: {
      activate: { run: (sheet) => void (sheet.book.active = sheet) },
      getRange: { kind: "Range", run: (sheet, address) => ranges.at(sheet, address) },
      getRangeByIndexes: {
        kind: "Range",
        run: (sheet, row, column, rows, columns) => ({ sheet, top: row + 1, left: column + 1, rows, columns }),
      },
      getUsedRangeOrNullObject: { kind: "Range", run: (sheet) => sheet.used() && { sheet, ...sheet.used() } },
    },
  },
  PageLayout: { methods: { getPrintAreaOrNullObject: { kind: "Nothing", run: () => null } } },
  Protection: { scalars: { protected: constant(false) } },
  AutoFilter: {
    methods: {
      getRangeOrNullObject: { kind: "Range", run: (sheet) => sheet.filter && ranges.at(sheet, sheet.filter.address) },
      clearColumnCriteria: { run: (sheet, index) => void delete sheet.filter.criteria[index] },
    },
  },
  NoNames: NOTHING,
  Charts: NOTHING,
  Shapes: {
    ...NOTHING,
    methods: { getItemOrNullObject: { kind: "Nothing", run: (sheet, name) => (sheet.shapes.includes(name) ? { name } : null) } },
  },
  Selections: { methods: { add: { run: (sheet, work) => void sheet.watchers.push(work) } } },
  Names: { items: { kind: "Name", list: (book) => book.names } },
  Name: {
    scalars: {
      name: read("name"),
      type: constant("Range"),
      formula: { get: ({ range }) => `=${quoted(range.sheet.name)}!${addressOf(range).replace(/([A-Z]+)(\d+)/g, "$$$1$$$2")}` },
    },
    methods: { getRangeOrNullObject: { kind: "Range", run: (name) => name.range } },
  },
  Tables: { items: { kind: "Table", list: (sheet) => sheet.tables } },
  Table: {
    scalars: {
      name: readWrite("name"),
      showHeaders: constant(true),
      showTotals: constant(false),
      style: constant("TableStyleMedium2"),
      showFilterButton: constant(true),
      highlightFirstColumn: constant(false),
      highlightLastColumn: constant(false),
      showBandedRows: constant(true),
      showBandedColumns: constant(false),
    },
    ignored: ["dataBodyRange"], // xlwings asks for it and Excel does not mind
    navs: { columns: ["TableColumns", (table) => table] },
    methods: {
      getRange: { kind: "Range", run: (table) => part(table, 0, table.place.rows) },
      getHeaderRowRange: { kind: "Range", run: (table) => part(table, 0, 1) },
      getDataBodyRange: { kind: "Range", run: (table) => part(table, 1, table.place.rows - 1) },
      resize: { run: resize },
    },
  },
  TableColumns: {
    items: {
      kind: "TableColumn",
      list: (table) => Array.from({ length: table.place.columns }, (_, index) => ({ table, index })),
    },
    methods: { getItemAt: { kind: "TableColumn", run: (table, index) => ({ table, index }) } },
  },
  TableColumn: {
    scalars: {
      name: { get: ({ table, index }) => String(ranges.values(part(table, 0, 1))[0][index]) },
      index: read("index"),
    },
    navs: { filter: ["Filter", (column) => column] },
  },
  Filter: { methods: { clear: { run: ({ table, index }) => void table.filters.delete(String(index)) } } },
  Range: {
    scalars: {
      address: { get: (range) => `${quoted(range.sheet.name)}!${addressOf(range)}` },
      rowIndex: { get: (range) => range.top - 1 },
      columnIndex: { get: (range) => range.left - 1 },
      rowCount: read("rows"),
      columnCount: read("columns"),
      values: { get: ranges.values, set: write },
      formulas: { get: (range) => ranges.of(range, (cell) => cell.formula ?? cell.value), set: write },
      numberFormat: {
        get: (range) => ranges.of(range, (cell) => cell.format),
        set: (range, formats) => ranges.all(range).forEach((cell) => (cell.format = formats[0][0])),
      },
    },
    navs: {
      format: ["RangeFormat", (range) => range],
      worksheet: ["Worksheet", (range) => range.sheet],
      dataValidation: ["DataValidation", (range) => range],
      conditionalFormats: ["Rules", (range) => range],
    },
    methods: {
      clear: { run: clear },
      select: { run: (range) => void (range.sheet.selected = addressOf(range)) },
      getOffsetRange: { kind: "Range", run: (range, down, right) => ({ ...range, top: range.top + down, left: range.left + right }) },
    },
  },
  RangeFormat: { scalars: { wrapText: ofFirst("wrap") }, navs: { font: ["Font", (range) => range] } },
  Font: { scalars: { bold: ofFirst("bold") } },
  DataValidation: {
    scalars: {
      type: { get: (range) => (ranges.all(range)[0].list ? "List" : "None") },
      rule: { set: (range, { list }) => ranges.all(range).forEach((cell) => (cell.list = list.source)) },
    },
  },
  Rules: {
    items: { kind: "Rule", list: (range) => range.sheet.rules },
    methods: { add: { kind: "Rule", run: (range, type) => addRule(range, type) } },
  },
  Rule: {
    scalars: { type: constant("CellValue"), priority: { set: first }, stopIfTrue: readWrite("stop") },
    navs: { cellValue: ["CellRule", (each) => each] },
  },
  CellRule: {
    scalars: { rule: { set: (each, { operator, formula1 }) => Object.assign(each, { operator, formula: formula1 }) } },
    navs: { format: ["RuleFormat", (each) => each] },
  },
  RuleFormat: { navs: { fill: ["RuleFill", (each) => each], font: ["RuleFont", (each) => each.font] } },
  RuleFill: { scalars: { color: readWrite("fill") } },
  RuleFont: { scalars: { color: readWrite("color"), bold: readWrite("bold"), italic: readWrite("italic") } },
};

function found(book, name) {
  const sheet = book.sheet(name);
  if (!(sheet instanceof Sheet)) throw new Error(`ItemNotFound: worksheet ${name}`);
  return Object.assign(sheet, { book });
}

function move(sheet, position) {
  const { sheets } = sheet.book;
  sheets.splice(sheets.indexOf(sheet), 1);
  sheets.splice(position, 0, sheet);
}

function addRule(range, type) {
  // A custom rule's references count from the active cell in Excel: none is wanted.
  if (type !== "CellValue") throw new Error(`stand-in: no conditional format of type ${type}`);
  const made = rule(range);
  range.sheet.rules.push(made);
  return made;
}

function first(made, priority) {
  const { rules } = made.sheet;
  rules.splice(rules.indexOf(made), 1);
  rules.splice(priority, 0, made);
}
