// Asks the server for one of its scripts, with the open workbook, and gives back its answer: the one way in which buttons and task
// pane reach Python. xlwings' own client reads the workbook, sends it, and carries out what comes back.
//
//   const answer = await press("score_class");          // told: words; files: to be saved; glance: the class
//   await press("enter_decision", key, "Accept", note);  // an Error, whose message is for the teacher, where it did not work
//
// One script runs at a time; the next waits for its turn.

const NOTHING = Object.freeze({ told: "", files: [], glance: null, columns: null });

let latest = null;

// Called by xlwings' client as the last of a script's actions (addin/excel/server/answer.py).
function markbookAnswer(context, answer) {
  latest = answer;
}

let turn = Promise.resolve();

export function press(script, ...args) {
  const mine = turn.then(() => run(script, args));
  turn = mine.catch(() => {});
  return mine;
}

async function run(script, args) {
  // Registered here and not on loading: xlwings' client fills its table while it loads.
  globalThis.xlwings.registerCallback(markbookAnswer);
  const { token, provider } = await globalThis.getAuth();
  const place = document.querySelector("#global-error-alert");
  const text = place.querySelector("span");
  const clear = () => {
    place.classList.add("d-none");
    text.textContent = "";
  };
  clear();
  latest = null;
  await globalThis.xlwings.runPython({
    scriptName: script,
    args,
    auth: token,
    headers: { "Auth-Provider": provider },
    // The other way would put the text into an address.
    errorDisplayMode: "taskpane",
  });
  const problem = text.textContent;
  clear();
  if (problem) throw new Error(problem.replace(/^Error: /, ""));
  return latest ?? NOTHING;
}
