// The stand-in as the task pane's tests need it: with a way to sort a sheet's rows, as a teacher does while the pane is open.

import { install } from "./excel_stand_in.mjs";

function pane(scope, workbook) {
  const excel = install(scope, workbook);
  // Turns the rows from first to last upside down, whole rows.
  excel.turn = (name, first, last) => {
    const { cells } = excel.workbook.sheet(name);
    const moved = new Map();
    for (const [key, cell] of cells) {
      const [row, column] = key.split(",").map(Number);
      moved.set(`${row < first || row > last ? row : first + last - row},${column}`, cell);
    }
    cells.clear();
    for (const [key, cell] of moved) cells.set(key, cell);
  };
  excel.write = (name, row, column, value) => excel.workbook.sheet(name).cell(row, column).write(value);
  return excel;
}
