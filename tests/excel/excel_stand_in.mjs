// A small Excel in memory: the parts of Office.js (Excel, Office, CustomFunctions) that xlwings' client and our scripts use, over a
// workbook that is plain JSON. It runs in a browser and in Node and imports nothing.
//
// It keeps Office.js' rule that nothing happens before context.sync() and nothing can be read that was not loaded, and Excel's habit
// of interpreting what is written: "=..." becomes a formula, "1/2" a date, "12" a number, unless the cell is formatted as text. What is
// asked of it and not known is an error and never a silent undefined.
//
//   const excel = install(globalThis, workbook);
//   workbook = { name, selection, active, sheets: [{ name, visibility, values, formats: { "B2": "yyyy-mm-dd" },
//                tables: [{ name, address, filters: { "0": "..." } }], filter: { address, criteria: { "0": "..." } } }],
//                names: [{ name, sheet, address }] }
//   excel.snapshot()                  the workbook as it is now, with rules, lists and bold cells
//   excel.press("score_class")        a click on a button of the ribbon
//   excel.select("Buttons", "B4")     a click on a cell, or on a shape that leads there
//   excel.call("INTERVENTION_RISK", [...args], "Markbook!AA1")    a cell's formula

import { TYPES, ranges } from "./excel_stand_in_types.mjs";
import { Workbook, snapshot } from "./excel_stand_in_cells.mjs";

const SUPPORTED = { ExcelApi: 17, SharedRuntime: 1, CustomFunctionsRuntime: 4, DialogApi: 2, RibbonApi: 2 };

class Missing extends Error {}

// One object of Office.js. `holder.model` is what it stands for, known once the step that makes it has run in sync().
class Remote {
  constructor(context, kind, holder) {
    Object.assign(this, { context, kind, holder, loaded: new Map(), children: new Map(), items: null });
    this.type = TYPES[kind];
    if (!this.type) throw new Missing(`stand-in: no type ${kind}`);
    this.proxy = new Proxy({}, { get: (_, name) => this.get(name), set: (_, name, value) => this.set(name, value) });
  }

  get(name) {
    if (typeof name === "symbol" || name === "then") return undefined;
    const { scalars = {}, navs = {}, methods = {} } = this.type;
    if (name === "context") return this.context;
    if (name === "load") return (what) => (this.context.later(() => this.load(what)), this.proxy);
    if (name === "isNullObject") return this.known() === null;
    if (name === "items" && this.type.items) return this.wanted(this.items, name).map((each) => each.proxy);
    if (name in scalars) return this.wanted(this.loaded.get(name), name);
    if (name in navs) return this.child(name).proxy;
    if (name in methods) return (...args) => this.invoke(name, args);
    throw new Missing(`stand-in: ${this.kind}.${name} is not there`);
  }

  set(name, value) {
    const put = this.type.scalars?.[name]?.set;
    if (!put) throw new Missing(`stand-in: ${this.kind}.${name} cannot be set`);
    this.context.later(() => put(this.there(), value));
    return true;
  }

  wanted(value, name) {
    if (value === undefined || value === null) {
      if (this.loaded.has(name)) return value;
      throw new Error(`PropertyNotLoaded: ${this.kind}.${name} was read before load() and sync()`);
    }
    return value;
  }

  known() {
    if (!("model" in this.holder)) throw new Error(`PropertyNotLoaded: ${this.kind} was read before sync()`);
    return this.holder.model;
  }

  there() {
    const model = this.known();
    if (model === null) throw new Error(`ItemNotFound: ${this.kind}`);
    return model;
  }

  child(name) {
    if (!this.children.has(name)) {
      const [kind, of] = this.type.navs[name];
      const holder = {};
      Object.defineProperty(holder, "model", { get: () => (this.known() === null ? null : of(this.there())), enumerable: true });
      this.children.set(name, new Remote(this.context, kind, holder));
    }
    return this.children.get(name);
  }

  invoke(name, args) {
    const { kind, run } = this.type.methods[name];
    const holder = {};
    this.context.later(() => {
      // What may be nothing is nothing where nothing is asked, as in Office.js.
      const nothing = name.endsWith("OrNullObject") && this.known() === null;
      holder.model = nothing ? null : (run(this.there(), ...args) ?? null);
    });
    return kind ? new Remote(this.context, kind, holder).proxy : undefined;
  }

  load(what) {
    if (this.known() === null) return;
    const paths = what === undefined ? Object.keys(this.type.scalars ?? {}) : [what].flat().join(",").split(",");
    for (const path of paths) this.loadPath(path.trim().split("/"));
  }

  loadPath([name, ...rest]) {
    const { scalars = {}, navs = {}, items, ignored = [] } = this.type;
    if (this.known() === null || ignored.includes(name)) return;
    if (name in scalars) this.loaded.set(name, scalars[name].get(this.there()));
    else if (name in navs) rest.length && this.child(name).loadPath(rest);
    else if (items) {
      const models = items.list(this.there());
      // Loaded again, a collection knows of what was added meanwhile.
      if (this.items?.length !== models.length) {
        this.items = models.map((model) => new Remote(this.context, items.kind, { model }));
      }
      const each = name === "items" ? rest : [name, ...rest];
      for (const item of this.items) each.length ? item.loadPath(each) : item.load();
    } else throw new Missing(`stand-in: ${this.kind}.${name} cannot be loaded`);
  }
}

function contextOf(workbook) {
  return class RequestContext {
    steps = [];
    workbook = new Remote(this, "Workbook", { model: workbook }).proxy;
    application = this.workbook.application;

    later(step) {
      this.steps.push(step);
    }

    async sync() {
      await null;
      const steps = this.steps;
      this.steps = [];
      for (const step of steps) step();
    }
  };
}

class FunctionError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export function install(scope, json) {
  const workbook = new Workbook(json);
  const RequestContext = contextOf(workbook);
  const buttons = new Map();
  const functions = new Map();
  const seen = { panes: 0, dialogs: [] };

  scope.Excel = {
    RequestContext,
    ClearApplyTo: { all: "All", formats: "Formats", contents: "Contents" },
    ShapeType: { image: "Image" },
    async run(...args) {
      const context = new RequestContext();
      const answer = await args.at(-1)(context);
      await context.sync();
      return answer;
    },
  };
  scope.Office = {
    onReady(callback) {
      const info = { host: "Excel", platform: "OfficeOnline" };
      callback?.(info);
      return Promise.resolve(info);
    },
    actions: { associate: (name, action) => buttons.set(name, action) },
    addin: {
      async showAsTaskpane() {
        seen.panes += 1;
      },
    },
    auth: { getAccessToken: async () => scope.officeToken ?? "" },
    context: {
      platform: "OfficeOnline",
      diagnostics: { host: "Excel", platform: "OfficeOnline", version: "16.0" },
      requirements: {
        isSetSupported: (name, version = "1.1") => Number(version.split(".")[1]) <= (SUPPORTED[name] ?? 0),
      },
      ui: { displayDialogAsync: (address) => seen.dialogs.push(address) },
    },
  };
  scope.CustomFunctions = {
    associate: (id, work) => functions.set(id, work),
    Error: FunctionError,
    ErrorCode: { invalidValue: "#VALUE!", notAvailable: "#N/A" },
  };

  return {
    workbook,
    seen,
    buttons,
    functions,
    snapshot: () => snapshot(workbook),
    press: (name) =>
      new Promise((resolve, reject) => {
        const action = buttons.get(name);
        if (!action) throw new Missing(`no action is associated with ${name}`);
        Promise.resolve(action({ completed: resolve })).catch(reject);
      }),
    call: (id, args, address) => functions.get(id)(...args, { address }),
    async select(name, address) {
      const sheet = workbook.sheet(name);
      workbook.selection = ranges.at(sheet, address);
      for (const watcher of sheet.watchers) await watcher({ address });
      return sheet.selected;
    },
    values: (sheet, address) => ranges.values(ranges.at(workbook.sheet(sheet), address)),
  };
}
