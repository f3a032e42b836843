// Opens a shared summary: reads the link, fetches, unlocks and draws it. Nothing is fetched before a press.
// The first half is pure and runs in Node too; the second half draws, by DOM calls only.

const MOST_SEALED = 512 * 1024;
const MOST_OPENED = 2e6;
const MOST_TEXT = 400;
const MOST_ROWS = 2000;
const MS_FROM = 1e11; // an `exp` above this is in milliseconds
const WAIT_MS = 15000;
const GAP = "-side-difference";

/** Give up: `why` is a kind of failure, `n` a number that goes with it. */
function refuse(why, n) {
  throw Object.assign(new Error(why), { why, n });
}

const isObject = (it) => typeof it === "object" && it !== null && !Array.isArray(it);

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

// Overrides of the writing direction could make a text read as another one.
const clean = (it) =>
  typeof it === "string" ? it.slice(0, MOST_TEXT).replace(/[\u202a-\u202e\u2066-\u2069\u0000-\u0008]/g, "") : "";
const list = (it) => (Array.isArray(it) ? it.slice(0, MOST_ROWS) : []);
const number = (it) => (typeof it === "number" && Number.isFinite(it) ? it : null);

/** Our own code of a CodeableConcept; outside codes stand before it. */
function codeOf(concept, base) {
  const own = list(concept?.coding).find((each) => clean(each?.system).startsWith(base));
  return clean(own?.code);
}

/** What a document says, in plain values; `text` of a concept is taken where its code is not known. */
export function readDocument(document, codes) {
  if (document?.resourceType !== "Bundle" || document.type !== "document") refuse("format");
  const resources = list(document.entry).map((each) => each?.resource).filter(isObject);
  const cover = resources.find((each) => each.resourceType === "Composition");
  if (!cover) refuse("format");
  const tags = list(document.meta?.tag);
  const base = clean(tags[0]?.system) || "urn:none";
  const word = (concept) => {
    const code = codeOf(concept, base);
    return Object.hasOwn(codes, code) ? codes[code] : clean(concept?.text) || code;
  };
  return {
    day: /^\d{4}-\d\d-\d\d$/.test(cover.date) ? cover.date : "",
    example: document.meta?.security,
    known: tags.some((each) => each?.code === "share-format-1"),
    rows: resources.filter((each) => each.resourceType === "Observation").map((each) => observation(each, base, word)),
    texts: list(cover.section).filter((each) => !each?.entry).map((each) => [clean(each?.title), words(each?.text?.div)]),
    answers: list(resources.find((each) => each.resourceType === "QuestionnaireResponse")?.item).flatMap((each) => answered(each, word)),
    versions: list(resources.find((each) => each.resourceType === "Device")?.version)
      .map((each) => [clean(each?.type?.text), clean(each?.value)])
      .filter(([name]) => name),
  };
}

function observation(it, base, word) {
  const parts = (code) => list(it.component).filter((each) => codeOf(each?.code, base) === code);
  const said = (code) => word(parts(code)[0]?.valueCodeableConcept);
  const counted = (each) => number(each?.valueInteger) ?? number(each?.valueQuantity?.value);
  const site = codeOf(it.bodySite, base);
  return {
    code: codeOf(it.code, base),
    name: word(it.code),
    value: counted(it),
    more: it.valueQuantity?.comparator === ">=",
    unit: clean(it.valueQuantity?.code),
    said: word(it.valueCodeableConcept),
    site,
    place: word(it.bodySite),
    side: { "side-left": "left", "side-right": "right" }[site] ?? "both",
    band: said("band"),
    reason: said("reason") || clean(it.dataAbsentReason?.text),
    margin: counted(parts("margin")[0]),
    tries: parts("tries").map(counted),
    pain: ["pain-before", "pain-during", "pain-after"].map((code) => counted(parts(code)[0])),
    painSpot: said("pain-spot"),
  };
}

function answered(item, word, depth = 0) {
  if (!isObject(item) || depth > 5) return [];
  const values = list(item.answer).map((each) => {
    const coding = each?.valueCoding;
    return coding ? word({ coding: [coding], text: coding.display }) : clean(String(each?.valueInteger ?? each?.valueBoolean ?? ""));
  });
  const own = values.length ? [[clean(item.text) || clean(item.linkId), values.join("; ")]] : [];
  return [...own, ...list(item.item).flatMap((each) => answered(each, word, depth + 1))];
}

// Our fixed sentences of the narrative, as words: never drawn as HTML.
const words = (div) => clean(String(div ?? "").replace(/<[^>]*>/g, " ").replace(/&#x27;/g, "'").replace(/&amp;/g, "&").trim());

const SPOTS = {
  "knee-front": [49, 186], "knee-inner": [55, 186], "knee-outer": [42, 186], "knee-below-cap": [49, 198],
  groin: [54, 131], thigh: [50, 157], "hip-outer": [40, 126], "below-knee": [48, 218],
  "knee-back": [49, 186, 1], buttock: [51, 134, 1], "low-back": [60, 108, 1],
};

/** Where a spot lies on the figure: {x, y, back}. Seen from the front, the person's right is on our left. */
export function spotOf(code) {
  const found = /^spot-(.+?)(?:-(left|right))?$/.exec(code);
  const at = found && Object.hasOwn(SPOTS, found[1]) ? SPOTS[found[1]] : null;
  if (!at) return null;
  const [x, y, back = 0] = at;
  const mirrored = back ? found[2] === "right" : found[2] === "left";
  return { x: mirrored ? 120 - x : x, y, back: Boolean(back) };
}

// --- The page ---

const SVG = "http://www.w3.org/2000/svg";
let data = {};
let say = {};
let language = "en";
let main;
let open = null;

const told = (key, values = {}) => (say[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const dated = (when, how) => new Intl.DateTimeFormat(language, { dateStyle: "long", ...how }).format(when);
const day = (text) => dated(new Date(text), { timeZone: "UTC" });
const shown = (value) => (value === null ? "–" : new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value));

function put(made, attributes, inside) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside.filter(Boolean));
  return made;
}

const make = (tag, attributes, ...inside) => put(document.createElement(tag), attributes, inside);
const draw = (tag, attributes, ...inside) => put(document.createElementNS(SVG, tag), attributes, inside);
const plain = (tag, ...inside) => make(tag, {}, ...inside);
const styled = (tag, kind, ...inside) => make(tag, { class: kind }, ...inside);
const soft = (text) => text && styled("p", "soft", text);
const part = (title, ...inside) => plain("section", plain("h2", title), ...inside);
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
  show("title", styled("p", "notice", text), dead && contact(), again && styled("div", "buttons", button("again", again, "main")));
  announce(text);
}

function linkPage(link) {
  if (link.state === "newer") return message("newer", () => location.reload());
  if (link.state === "expired") return message("expired");
  if (link.state === "refuse") return message("damaged");
  if (!globalThis.crypto?.subtle) return message("no_https");
  const problem = make("p", { role: "alert" });
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
    open = { ...readDocument(jsonOf(bytes), say.codes), bytes };
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
  const pains = it.rows.filter(({ code }) => code.startsWith("pain-"));
  const tests = it.rows.filter(({ code }) => !/^(pain|usual)-/.test(code));
  const usual = it.rows.filter(({ code }) => code.startsWith("usual-"));
  const answers = [...it.answers, ...usual.map((each) => [each.name, each.value === null ? each.reason : shown(each.value)])];
  show(
    "title",
    it.example && styled("p", "notice", it.texts[0][1]),
    styled("p", "notice", told("banner")),
    it.day && plain("p", told("done_on", { day: day(it.day) })),
    ...(it.known ? [pains.length && painPart(pains), testPart(tests)] : [plain("p", told("older_page")), plainTable(it.rows)]),
    answers.length && part(told("answers"), plain("table", ...answers.map(([question, answer]) => plain("tr", make("th", { scope: "row" }, question), plain("td", answer))))),
    ...it.texts.map(([title, text]) => part(title, plain("p", text))),
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

function painPart(pains) {
  const worst = pains.find(({ place }) => place);
  const at = worst && spotOf(worst.site);
  const inside = plain(
    "div",
    worst && plain("p", `${told("worst")}: `, plain("strong", worst.place)),
    ...pains.flatMap((each) => [plain("h3", each.name), valued(each, 10, told("of_ten", { value: shown(each.value) }))]),
  );
  return part(told("pain"), at ? styled("div", "beside", inside, figure(at, worst.place)) : inside);
}

function testPart(rows) {
  const cards = rows
    .filter(({ code }) => !code.endsWith(GAP))
    .map(({ code }) => code)
    .filter((code, at, all) => all.indexOf(code) === at)
    .map((code) => testCard(code, rows.filter((each) => each.code === code), rows.find((each) => each.code === code + GAP)));
  return part(told("tests"), ...(cards.length ? cards : [plain("p", told("no_tests"))]));
}

function testCard(code, rows, gap) {
  const [most = 60, less] = data.axis[code] ?? [];
  const longest = Math.max(most, ...rows.map(({ value }) => value ?? 0));
  const { margin } = rows.find((each) => each.margin !== null) ?? {};
  return plain(
    "article",
    plain("h3", rows[0].name),
    less && soft(told("less")),
    ...rows.map((each) => testRow(each, longest)),
    gap?.said && styled("p", "said", `${told("left")} – ${told("right")}: ${gap.said}.`),
    margin && soft(told("margin", { value: amount({ ...rows[0], value: margin }, longest) })),
  );
}

function testRow(each, most) {
  const text = amount(each, most);
  const pain = each.pain.some((one) => one !== null) && told("pain_during", { values: each.pain.map(shown).join(" / ") });
  return styled(
    "div", "row",
    styled("p", "who", told(each.side)),
    valued(each, most, each.more ? told("or_more", { value: text }) : text),
    soft(each.tries.length && told("tries", { values: each.tries.map(shown).join(", ") })),
    soft(pain),
    soft(each.painSpot && told("pain_at", { spot: each.painSpot })),
  );
}

function amount({ unit, value }, most) {
  const key = { s: "s", "{#}/(30.s)": "stands" }[unit] ?? "of";
  return told(`unit.${key}`, { value: shown(value), most });
}

/** A value as words, and as a strip with its margin; without a value, the reason. */
function valued(each, most, text) {
  const said = each.value === null ? each.reason : each.band;
  const words = plain("p", styled("span", "value", each.value === null ? told("no_value") : text), said && ` · ${said}`);
  if (each.value === null) return words;
  const at = (value) => (100 * Math.max(0, Math.min(value, most))) / most;
  const [from, to] = [at(each.value - each.margin), at(each.value + each.margin)];
  const alt = told("strip", { name: each.name, side: told(each.side), value: text, most: shown(most) });
  const strip = draw(
    "svg", { class: "strip", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": alt },
    draw("rect", { class: "track", width: 100, height: 6 }),
    draw("rect", { class: "bar", width: at(each.value), height: 6 }),
    each.margin && draw("path", { class: "reach", d: `M${from} 8H${to}M${from} 7V9M${to} 7V9` }),
  );
  return plain("div", words, strip, make("p", { class: "ends", "aria-hidden": "true" }, plain("span", "0"), plain("span", shown(most))));
}

function figure({ x, y, back }, spot) {
  const body = (d) => draw("path", { class: "body", d });
  const [one, other] = back ? ["left", "right"] : ["right", "left"];
  return draw(
    "svg", { class: "figure", viewBox: "0 0 120 270", role: "img", "aria-label": told(back ? "figure_back" : "figure_front", { spot }) },
    body("M57 26a3 3 0 1 0 6 0a3 3 0 1 0-6 0M50 62h20l-2 60H52ZM45 62 33 104l-3 36M75 62l12 42 3 36M50 126l-1 60-1 54M70 126l1 60 1 54"),
    draw("circle", { class: "ring", cx: x, cy: y, r: 11 }),
    draw("circle", { class: "spot", cx: x, cy: y, r: 6 }),
    draw("text", { x: 36, y: 266 }, told(one)),
    draw("text", { x: 86, y: 266 }, told(other)),
  );
}

function plainTable(rows) {
  const cells = rows.map((each) => [each.name, each.place, each.value === null ? each.said || each.reason : `${shown(each.value)} ${each.unit}`]);
  const head = plain("tr", ...["item", "side", "value"].map((key) => make("th", { scope: "col" }, told(key))));
  return plain("section", plain("table", head, ...cells.map((row) => plain("tr", ...row.map((cell) => plain("td", cell))))));
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
  language = wanted.find((each) => Object.hasOwn(data.words, each)) ?? Object.keys(data.words)[0];
  say = data.words[language];
  document.documentElement.lang = language;
  document.title = told("title");
  main = document.getElementById("main");
  addEventListener("hashchange", start);
  start();
}
