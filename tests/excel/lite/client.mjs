// Runs xlwings' own client as it runs with Python in the browser, over the in-memory Excel: JSON in, JSON out.
//
// The client believes that it has Pyodide: in its place stands a bridge to Python beside Node (python.py), since numpy for Pyodide is on
// no registry. It reads the workbook, calls the script, and carries out what comes back.
//
//   in   { origin, workbook, steps: [{ press, args } | { select: [sheet, address] } | { call, args, address }] }
//   out  { steps: [...], workbook: the workbook afterwards, meta, dialogs }

import { open } from "../browser_stand_in.mjs";
import { install } from "../excel_stand_in.mjs";

let input = "";
for await (const part of process.stdin) input += part;
const { origin, workbook, steps } = JSON.parse(input);
const faults = [];
console.log = () => {};
console.error = (...what) => faults.push(what.map(String).join(" "));

const wide = globalThis.fetch;
globalThis.fetch = (address, ...rest) => wide(`${address}`.startsWith("/") ? origin + address : address, ...rest);
const ask = async (what) => (await wide(`${origin}/python`, { method: "POST", body: JSON.stringify(what) })).json();

const meta = await ask({ meta: true });
const python = {
  custom_scripts_call: (payload, script) => ask({ script, payload }),
  custom_functions_call: (data) => ask({ function: data }),
  custom_scripts_meta: () => meta,
};
globalThis.loadPyodide = async () => ({
  loadPackage: async () => {},
  pyimport: () => ({ install: async () => {} }),
  FS: { readFile: () => "", writeFile: () => {}, mkdir: () => {}, mount: () => {}, filesystems: {} },
  runPythonAsync: async () => {},
  globals: { get: (name) => python[name] },
});

const excel = install(globalThis, workbook);
await open(origin);
const quiet = { classList: { add() {}, remove() {} }, querySelector: () => ({}) };
const known = document.getElementById;
document.getElementById = (id) => known(id) ?? quiet;
globalThis.xlwings.init && (await globalThis.xlwings.init());

async function take(step) {
  if (step.select) return { selected: await excel.select(...step.select) };
  if (step.call) return { result: await python.custom_functions_call(step.call) };
  await globalThis.xlwings.runPython({ scriptName: step.press, args: step.args ?? [] });
  return {};
}

const done = [];
for (const step of steps) done.push(await take(step));
process.stdout.write(JSON.stringify({ steps: done, workbook: excel.snapshot(), meta, seen: excel.seen, faults }));
