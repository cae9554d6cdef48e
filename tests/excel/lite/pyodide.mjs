// Python in WebAssembly, as xlwings Lite runs it, from npm: JSON in, JSON out.
//
//   in   { modules: folder of node_modules, site: folder of packages to be imported, wheels: [files], prepare, ask: [code] }
//   out  { python, milliseconds: { pyodide, wheels, prepare, ask: [...] }, answers: [...] }

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

let input = "";
for await (const part of process.stdin) input += part;
const { modules, site, wheels = [], prepare, ask } = JSON.parse(input);

const clock = async (work) => {
  const begun = performance.now();
  const answer = await work();
  return [answer, performance.now() - begun];
};

const { loadPyodide } = await import(pathToFileURL(`${modules}/pyodide/pyodide.mjs`));
const quiet = { stdout: () => {}, stderr: (line) => process.stderr.write(`${line}\n`) };
const [pyodide, started] = await clock(() => loadPyodide({ ...quiet, packageCacheDir: undefined }));
const [, unpacked] = await clock(async () => {
  for (const wheel of wheels) pyodide.unpackArchive(new Uint8Array(readFileSync(wheel)), "wheel");
});
pyodide.FS.mkdirTree("/mounted");
pyodide.mountNodeFS("/mounted", site);
const [, prepared] = await clock(() => pyodide.runPythonAsync(prepare));
const answers = [];
const asked = [];
for (const code of ask) {
  const [answer, took] = await clock(() => pyodide.runPythonAsync(code));
  answers.push(JSON.parse(answer));
  asked.push(took);
}
const python = pyodide.runPython("import sys; '.'.join(map(str, sys.version_info[:3]))");
process.stdout.write(
  JSON.stringify({ python, milliseconds: { pyodide: started, wheels: unpacked, prepare: prepared, ask: asked }, answers }),
);
