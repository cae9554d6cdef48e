// A workbook by one of three libraries from rows, or the rows of a workbook as the library reads them.
//   node library.cjs write exceljs rows.json book.xlsx
//   node library.cjs read exceljs book.xlsx       prints {"sheets": [...], "rows": [[...]]} of the first sheet
const { readFileSync } = require("node:fs");

const [, , what, name, first, path] = process.argv;

const libraries = {
  xlsx: {
    write(rows, path) {
      const XLSX = require("xlsx");
      const book = XLSX.utils.book_new();
      XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), "Class");
      XLSX.writeFile(book, path);
    },
    read(path) {
      const XLSX = require("xlsx");
      const book = XLSX.readFile(path);
      const page = book.Sheets[book.SheetNames[0]];
      return { sheets: book.SheetNames, rows: XLSX.utils.sheet_to_json(page, { header: 1, defval: null }) };
    },
  },
  exceljs: {
    async write(rows, path) {
      const { Workbook } = require("exceljs");
      const book = new Workbook();
      book.addWorksheet("Class").addRows(rows);
      await book.xlsx.writeFile(path);
    },
    async read(path) {
      const { Workbook } = require("exceljs");
      const book = new Workbook();
      await book.xlsx.readFile(path);
      const rows = [];
      const plain = (cell) => (cell === undefined ? null : cell);
      book.worksheets[0].eachRow({ includeEmpty: true }, (row) => rows.push(Array.from(row.values, plain).slice(1)));
      return { sheets: book.worksheets.map((sheet) => sheet.name), rows };
    },
  },
  "xlsx-populate": {
    async write(rows, path) {
      const XlsxPopulate = require("xlsx-populate");
      const book = await XlsxPopulate.fromBlankAsync();
      book.sheet(0).name("Class").cell("A1").value(rows);
      await book.toFileAsync(path);
    },
    async read(path) {
      const XlsxPopulate = require("xlsx-populate");
      const book = await XlsxPopulate.fromFileAsync(path);
      const plain = (cell) => (cell === undefined ? null : typeof cell === "object" && cell !== null ? cell.text() : cell);
      const rows = book.sheet(0).usedRange().value().map((row) => row.map(plain));
      return { sheets: book.sheets().map((sheet) => sheet.name()), rows };
    },
  },
};

(async () => {
  if (what === "write") await libraries[name].write(JSON.parse(readFileSync(first, "utf8")), path);
  else process.stdout.write(JSON.stringify(await libraries[name].read(first)));
})();
