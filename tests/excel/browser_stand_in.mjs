// What xlwings' client needs of a browser, for Node: window, document (its few elements), XMLHttpRequest; and a loader that lets
// Node import the modules that the live server serves. Nothing of Excel: that is excel_stand_in.mjs.

import { register } from "node:module";

const LOADER = `
  export async function resolve(specifier, context, next) {
    const served = specifier.startsWith("http") || context.parentURL?.startsWith("http");
    if (!served) return next(specifier, context);
    return { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true };
  }
  export async function load(url, context, next) {
    if (!url.startsWith("http")) return next(url, context);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error("cannot load " + url + ": " + answer.status);
    return { format: "module", source: await answer.text(), shortCircuit: true };
  }`;

class Element {
  #text = "";
  get textContent() {
    return this.#text;
  }
  set textContent(text) {
    this.#text = `${text}`; // an Error too becomes its words, as in a browser
  }
  classes = new Set(["d-none"]);
  classList = { add: (name) => this.classes.add(name), remove: (name) => this.classes.delete(name) };
}

class Request {
  headers = {};
  open(method, url) {
    Object.assign(this, { method, url });
  }
  setRequestHeader(name, value) {
    this.headers[name] = value;
  }
  getResponseHeader(name) {
    return this.answer.headers.get(name);
  }
  async send(body) {
    try {
      const { method, headers } = this;
      this.answer = await fetch(this.url, { method, headers, body });
      Object.assign(this, { status: this.answer.status, statusText: this.answer.statusText });
      this.responseText = await this.answer.text();
    } catch {
      this.onerror();
      return;
    }
    this.onload();
  }
}

// The page's own scripts and settings, in the page's order.
export async function open(origin, page = "/taskpane.html") {
  const html = await (await fetch(origin + page)).text();
  const config = /<script id="config"[^>]*>(.*?)<\/script>/s.exec(html)[1];
  const text = new Element();
  const alert = Object.assign(new Element(), { querySelector: () => text });
  globalThis.window = { location: { origin }, atob };
  globalThis.navigator ??= { userAgent: "stand-in" };
  globalThis.XMLHttpRequest = Request;
  globalThis.document = Object.assign(new EventTarget(), {
    getElementById: (id) => (id === "config" ? { textContent: config } : null),
    querySelector: (what) => (what === "#global-error-alert" ? alert : null),
    querySelectorAll: () => [],
  });
  register(`data:text/javascript,${encodeURIComponent(LOADER)}`);
  const scripts = [...html.matchAll(/<script([^>]*) src="([^"]+)"/g)].map(([, kind, src]) => ({ kind, src }));
  // A page runs its classic scripts first, unless deferred; deferred ones and modules follow in their order.
  const now = ({ kind }) => !/defer|module/.test(kind);
  // The stand-in takes Office's place; the task pane's own scripts need a real page and are tested in a real browser.
  const ours = scripts.filter(({ src }) => !/vendor|officejs|pane/.test(src));
  for (const { kind, src } of [...ours.filter(now), ...ours.filter((each) => !now(each))]) {
    if (kind.includes("module")) await import(origin + src);
    else (0, eval)(await (await fetch(origin + src)).text());
  }
  return { scripts: scripts.map(({ src }) => src) };
}
