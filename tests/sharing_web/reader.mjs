// Reads shared summaries without a browser: the viewer's own script, as it is served, on a page of paper.
// Each line in is a visit: {address, steps}; each line out is what was seen after each step.
//
// The page has just enough of a document for that script. There is no innerHTML here, no layout and no policy:
// what needs those is shown in a real browser.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const BLOCKS = new Set(["h1", "h2", "h3", "p", "section", "article", "div", "dt", "dd", "tr", "button", "label", "input"]);
const net = globalThis.fetch;
const folder = mkdtempSync(join(tmpdir(), "viewer-"));

class Piece {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, children: [], heard: {}, value: "" });
  }
  set className(name) {
    this.attributes.class = name;
  }
  set textContent(text) {
    this.children = text === "" ? [] : [String(text)];
  }
  get textContent() {
    return this.children.map((each) => each.textContent ?? each).join("");
  }
  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }
  append(...inside) {
    this.children.push(...inside.map((each) => (each instanceof Piece ? each : String(each))));
  }
  replaceChildren(...inside) {
    this.children = [];
    this.append(...inside);
  }
  addEventListener(kind, act) {
    this.heard[kind] = act;
  }
  click() {
    if (this.tag === "a") saved.push({ name: this.attributes.download, href: this.attributes.href });
    return this.heard.click?.({});
  }
  focus() {
    globalThis.document.activeElement = this;
  }
  select() {}
  *all() {
    for (const each of this.children) if (each instanceof Piece) yield* [each, ...each.all()];
  }
  querySelector(tag) {
    return [...this.all()].find((each) => each.tag === tag) ?? null;
  }
  get words() {
    const inside = this.children.map((each) => each.words ?? each).join("");
    return BLOCKS.has(this.tag) ? `\n${inside}\n` : this.tag === "td" || this.tag === "th" ? `${inside}\t` : inside;
  }
}

let asked = [];
let saved = [];
let answers = [];

/** Ask the server, unless the visit has an answer in store: {status, headers, body}, or "broken". */
async function ask(url, how = {}) {
  asked.push({ method: how.method ?? "GET", url: String(url), body: how.body ?? "", credentials: how.credentials, redirect: how.redirect });
  const canned = answers.shift();
  if (canned === "broken") throw new TypeError("Failed to fetch");
  if (canned) return new Response(canned.body ?? "{}", { status: canned.status ?? 200, headers: canned.headers });
  return net(url, how);
}

function seen(main, status) {
  const all = [...main.all()];
  return {
    text: main.words.replace(/\n+/g, "\n").trim(),
    said: status.textContent,
    focus: globalThis.document.activeElement?.tag ?? "",
    buttons: all.filter(({ tag }) => tag === "button").map(({ textContent }) => textContent),
    fields: all.filter(({ tag }) => tag === "input").map(({ attributes }) => attributes),
    tags: [...new Set(all.map(({ tag }) => tag))],
    pictures: all.filter(({ tag, attributes }) => tag === "svg" && attributes.role === "img").map(({ attributes }) => attributes["aria-label"]),
    asked: asked.length,
  };
}

const steps = {
  press: (main, name) => [...main.all()].find((each) => each.tag === "button" && each.textContent === name).click(),
  twice: (main, name) => Promise.all([steps.press(main, name), steps.press(main, name)]),
  fill: (main, value) => (main.querySelector("input").value = value),
  enter: (main) => main.querySelector("input").heard.keydown({ key: "Enter" }),
  answer: (_, next) => answers.push(next),
  wait: () => new Promise((go) => setTimeout(go, 20)),
};

async function visit({ address, secure = true, script, page }, number) {
  [asked, saved, answers] = [[], [], []];
  const url = new URL(address);
  const main = new Piece("main");
  const status = new Piece("p");
  const data = { textContent: page.match(/id="data">(.*?)<\/script>/s)[1] };
  const file = join(folder, `v${number}.mjs`);
  writeFileSync(file, script);
  const gone = [];
  const world = {
    document: {
      createElement: (tag) => new Piece(tag),
      createElementNS: (_, tag) => new Piece(tag),
      getElementById: (id) => ({ main, status, data })[id],
      documentElement: {},
    },
    location: url,
    history: { replaceState: (_, __, to) => gone.push(to) },
    navigator: { languages: ["en-US"] },
    fetch: ask,
    addEventListener: () => {},
    scrollTo: () => {},
    crypto: secure ? realCrypto : {},
  };
  for (const [name, value] of Object.entries(world)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  return { main, status, gone, open: () => import(pathToFileURL(file)) };
}

const realCrypto = globalThis.crypto;
let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const given = JSON.parse(line);
  const base = given.address.split("#")[0];
  const page = await (await net(base)).text();
  const script = await (await net(`${base}.js`)).text();
  const { main, status, gone, open } = await visit({ ...given, page, script }, (number += 1));
  await open();
  const shots = [seen(main, status)];
  for (const [kind, value] of given.steps) {
    await steps[kind](main, value);
    if (kind === "enter") await steps.wait();
    shots.push(seen(main, status));
  }
  const files = [];
  for (const { name, href } of saved) files.push({ name, text: await (await net(href)).text() });
  console.log(JSON.stringify({ shots, asked, files, gone }));
}
