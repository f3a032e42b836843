// Opens a shared summary: reads the link, fetches, unlocks and draws it. Nothing is fetched before a press.
// The first half is pure and runs in Node too; the second half draws, by DOM calls only.

import { dated, day, isObject, list, make, part, plain, readDocument, refuse, soft, styled, summary, told, use } from "../../views/components/summary/draw.mjs";

const MOST_SEALED = 512 * 1024;
const MOST_OPENED = 2e6;
// An `exp` above this is in milliseconds.
const MS_FROM = 1e11;
const WAIT_MS = 15000;

export function bytesOf(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) refuse("format");
  const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  // Spare bits must be zero: two texts for the same bytes would be one too many.
  if (btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") !== text) refuse("format");
  return Uint8Array.from(raw, (each) => each.charCodeAt(0));
}

const jsonOf = (bytes) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));

/** What to do with a link at a time (epoch seconds), on a page at `here` = {origin, prefix}. */
export function readLink(text, here, now) {
  try {
    const start = text.indexOf("shlink:/");
    const said = start < 0 ? null : jsonOf(bytesOf(text.slice(start + 8).trim()));
    if (!isObject(said)) return { state: "refuse" };
    const { v = 1, flag = "", exp } = said;
    if (typeof v !== "number" || typeof flag !== "string") return { state: "refuse" };
    if (v !== 1) return { state: "newer" };
    if (exp !== undefined && typeof exp !== "number") return { state: "refuse" };
    const code = flag.includes("P");
    const direct = flag.includes("U");
    const key = bytesOf(said.key);
    if ((code && direct) || key.length !== 32 || !isOurs(said.url, here, "/s/")) return { state: "refuse" };
    const expires = exp > MS_FROM ? exp / 1000 : exp;
    if (expires <= now) return { state: "expired" };
    return { state: code ? "ask-code" : "open", url: said.url, key, direct, expires };
  } catch {
    return { state: "refuse" };
  }
}

/** Only our own origin and our own path: no one else's bytes are ever fetched, nor told of the reader. */
export function isOurs(url, here, path) {
  if (typeof url !== "string" || url.length > 128) return false;
  const begin = here.origin + here.prefix + path;
  return url.startsWith(begin) && /^[A-Za-z0-9_-]{43}$/.test(url.slice(begin.length));
}

/** The id and the token of a stop link, or null. */
export function readStop(hash) {
  const found = /^#stop:([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/.exec(hash);
  return found && { id: found[1], token: found[2] };
}

/** The bytes inside a compact JWE (alg dir, enc A256GCM). */
export async function unseal(jwe, key, limit = MOST_OPENED) {
  if (jwe.length > MOST_SEALED) refuse("too-large");
  const parts = jwe.trim().split(".");
  if (parts.length !== 5 || parts[1] !== "") refuse("format");
  const [head, nonce, body, tag] = [parts[0], ...parts.slice(2)].map(bytesOf);
  let header;
  try {
    header = jsonOf(head);
  } catch {
    refuse("format");
  }
  if (!isObject(header) || nonce.length !== 12 || tag.length !== 16) refuse("format");
  if (header.alg !== "dir" || header.enc !== "A256GCM" || "crit" in header) refuse("unsupported");
  if ("zip" in header && header.zip !== "DEF") refuse("unsupported");
  const sealed = new Uint8Array([...body, ...tag]);
  const additionalData = new TextEncoder().encode(parts[0]);
  let plain;
  try {
    const secret = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    const how = { name: "AES-GCM", iv: nonce, additionalData, tagLength: 128 };
    plain = new Uint8Array(await crypto.subtle.decrypt(how, secret, sealed));
  } catch {
    refuse("decrypt");
  }
  if (header.zip) plain = await inflate(plain, limit);
  if (plain.length > limit) refuse("too-large");
  return plain;
}

async function inflate(packed, limit) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const pieces = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => refuse("inflate"));
    if (done) break;
    size += value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      refuse("too-large");
    }
    pieces.push(value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

// --- The page ---

let data = {};
let spoken = {};
let main;
let open = null;

const show = (title, ...inside) => main.replaceChildren(make("h1", { tabindex: "-1" }, told(title)), ...inside.filter(Boolean));

function button(key, on, kind = "") {
  const made = make("button", { type: "button", class: kind }, told(key));
  // A second press while the first is under way does nothing.
  let busy = false;
  made.addEventListener("click", async () => {
    if (busy) return;
    busy = true;
    await on();
    busy = false;
  });
  return made;
}

function input(id, label, press, more = {}) {
  const made = make("input", { id, ...more });
  made.addEventListener("keydown", (event) => event.key === "Enter" && press.click());
  return [make("label", { for: id }, told(label)), made];
}

/** Say it to a screen reader, and put the focus where the new page begins. */
function announce(text) {
  document.getElementById("status").textContent = text;
  if (text) main.querySelector("h1").focus();
}

const here = () => ({ origin: location.origin, prefix: location.pathname.replace(/\/v\/?$/, "") });

function start() {
  announce("");
  open = null;
  const stop = readStop(location.hash);
  if (stop) stopPage(stop);
  else if (location.hash.length < 2) pastePage();
  else linkPage(readLink(location.hash, here(), Date.now() / 1000));
}

function message(key, again, values) {
  const text = told(key, values);
  const dead = key === "not_active" || key === "expired";
  const paste = key === "damaged" && button("paste", pastePage);
  show("title", styled("p", "notice", text), dead && contact(), styled("div", "buttons", again && button("again", again, "main"), paste));
  announce(text);
}

function linkPage(link) {
  if (link.state === "newer") return message("newer", () => location.reload());
  if (link.state === "expired") return message("expired");
  if (link.state === "refuse") return message("damaged");
  if (!globalThis.crypto?.subtle) return message("no_https");
  const problem = make("p", { role: "alert", class: "alert" });
  const press = button("show", () => opened(link, code, problem), "main");
  const [label, code] =
    link.state === "ask-code"
      ? input("code", "code_label", press, { class: "code", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "32", "aria-describedby": "why" })
      : [];
  const why = code && make("p", { id: "why", class: "soft" }, told("code_help"));
  show("title", plain("p", told("intro")), soft(told("intro_more")), label, why, code, problem, styled("div", "buttons", press));
}

function pastePage() {
  const check = () => link.value.trim() && linkPage(readLink(link.value, here(), Date.now() / 1000));
  const press = button("paste_button", check, "main");
  const [label, link] = input("link", "paste_label", press, { autocomplete: "off", spellcheck: "false" });
  show("paste", plain("p", told("paste_help")), label, link, styled("div", "buttons", press));
}

async function ask(url, more = {}) {
  let answer, text;
  try {
    const how = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" };
    answer = await fetch(url, { ...how, signal: AbortSignal.timeout(WAIT_MS), ...more });
    text = await answer.text();
  } catch {
    refuse("server");
  }
  if (answer.ok) return text;
  if (answer.status === 404) refuse("not_active");
  if (answer.status === 429) refuse("too_often", Number(answer.headers.get("retry-after")) || 60);
  if (answer.status === 401) refuse("wrong_code", JSON.parse(text).remainingAttempts);
  refuse("server");
}

async function sealed({ url, direct }, passcode) {
  if (direct) return ask(`${url}?recipient=Web%20viewer`);
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ recipient: "Web viewer", passcode });
  const { files } = JSON.parse(await ask(url, { method: "POST", headers, body }));
  const file = list(files).find((each) => each?.contentType === "application/fhir+json");
  if (typeof file?.embedded === "string") return file.embedded;
  return isOurs(file?.location, here(), "/s/f/") ? ask(file.location) : refuse("format");
}

async function opened(link, code, problem) {
  const complain = (key, n) => {
    problem.textContent = told(key, { n });
    code.select();
    code.focus();
  };
  const passcode = code?.value.replace(/[\s-]/g, "");
  if (passcode === "") return complain("need_code");
  problem.textContent = "";
  document.getElementById("status").textContent = told("opening");
  try {
    const bytes = await unseal(await sealed(link, passcode), link.key);
    open = { ...readDocument(jsonOf(bytes), spoken.codes), bytes };
    drawDocument(open, link.expires);
  } catch ({ why, n }) {
    if (why === "wrong_code" && code) return complain(["wrong_code_last", "wrong_code_one"][n] ?? "wrong_code", n);
    if (why === "not_active") return message(why);
    if (why === "server" || why === "too_often") return message(why, () => linkPage(link), { n });
    message("damaged");
  }
}

function stopPage({ id, token }) {
  const { origin, prefix } = here();
  const result = make("p", { role: "status" });
  const call = (path, method, then) => async () => {
    let text;
    try {
      text = then(JSON.parse(await ask(`${origin}${prefix}/s/${id}${path}`, { method, headers: { authorization: `Bearer ${token}` } })));
    } catch ({ why, n }) {
      text = told(why === "not_active" ? "stop_wrong" : why === "too_often" ? why : "server", { n });
    }
    result.className = "notice";
    result.textContent = text;
  };
  const counted = ({ views, last_view_day: last, live }) =>
    [told(["count_none", "count_one"][views] ?? "count_many", { n: views, day: last && day(last) }), live ? "" : told("count_ended")].join(" ");
  const stop = button("stop_button", call("", "DELETE", () => told("stopped")), "main");
  const count = button("stop_count", call("/status", "GET", counted));
  show("stop_title", plain("p", told("stop_intro")), result, styled("div", "buttons", stop, count));
}

// --- The summary ---

function drawDocument(it, expires) {
  show(
    "title",
    ...summary(it),
    part(
      told("about"),
      expires && plain("p", told("ends", { day: dated(expires * 1000, { timeStyle: "short" }) })),
      plain("p", told("from_host", { host: location.host })),
      contact(),
      soft(it.versions.map((each) => each.join(" ")).join(" · ")),
    ),
    styled("div", "buttons", button("print", () => print()), button("save", save), button("close", close)),
  );
  announce(told("opened"));
  scrollTo(0, 0);
}

function contact() {
  const { name: clinic, phone, booking } = data.clinic;
  return plain(
    "p",
    told(clinic ? "question" : "question_any", { clinic }),
    phone && ` ${told("phone", { phone })}. `,
    booking && make("a", { href: booking, rel: "noreferrer" }, told("book")),
  );
}

function save() {
  const href = URL.createObjectURL(new Blob([open.bytes], { type: "application/fhir+json" }));
  make("a", { href, download: `self-check-${open.day}.fhir.json` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60000);
}

function close() {
  // Replaced, so that Back does not bring the key back.
  history.replaceState(null, "", location.pathname);
  open = null;
  message("closed");
}

if (globalThis.document) {
  data = JSON.parse(document.getElementById("data").textContent);
  const wanted = navigator.languages.map((each) => each.split("-")[0]);
  const language = wanted.find((each) => Object.hasOwn(data.words, each)) ?? Object.keys(data.words)[0];
  spoken = data.words[language];
  use({ ...data, words: spoken, language });
  document.documentElement.lang = language;
  document.title = told("title");
  main = document.getElementById("main");
  addEventListener("hashchange", start);
  start();
}
