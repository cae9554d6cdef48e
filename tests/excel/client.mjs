// Runs the client that a live server serves, over the stand-in, and does what it is told: JSON in, JSON out.
//
//   in   { origin, workbook, steps: [{ press } | { call, args, address } | { ask, args } | { page }] }
//   out  { steps: [what each came to], workbook: the workbook afterwards, ... }

import { open } from "./browser_stand_in.mjs";
import { install } from "./excel_stand_in.mjs";

let input = "";
for await (const part of process.stdin) input += part;
const { origin, workbook, steps } = JSON.parse(input);
console.log = console.error = () => {};

const excel = install(globalThis, workbook);
const page = await open(origin);
const { press } = await import(`${origin}/static/js/press.js`);

const said = [];
for (const what of ["busy", "done", "error"]) {
  document.addEventListener(`markbook:${what}`, ({ detail }) => said.push({ what, ...detail }));
}

async function take(step) {
  try {
    if (step.press) {
      said.length = 0;
      await excel.press(step.press);
      const { answer, message } = said.at(-1);
      return { said: [...said], told: answer?.told ?? message };
    }
    if (step.call) return { result: await excel.call(step.call, step.args, step.address) };
    if (step.move) return void (globalThis.window.location.origin = step.move);
    if (step.values) return { values: excel.values(...step.values) };
    return { answer: await press(step.ask, ...(step.args ?? [])) };
  } catch (error) {
    return { error: error.message, code: error.code };
  }
}

const done = [];
for (const step of steps) done.push(step.together ? await Promise.all(step.together.map(take)) : await take(step));

process.stdout.write(
  JSON.stringify({
    steps: done,
    workbook: excel.snapshot(),
    buttons: [...excel.buttons.keys()],
    functions: [...excel.functions.keys()],
    seen: excel.seen,
    scripts: page.scripts,
  }),
);
