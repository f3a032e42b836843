// What a shared summary says, and how it is drawn: once, for the share page's preview and for the viewer.
// The first half is pure and runs in Node too; the second half draws, by DOM calls only.

const MOST_TEXT = 400;
const MOST_ROWS = 2000;
const GAP = "-side-difference";

/** Give up: `why` is a kind of failure, `n` a number that goes with it. */
export function refuse(why, n) {
  throw Object.assign(new Error(why), { why, n });
}

export const isObject = (it) => typeof it === "object" && it !== null && !Array.isArray(it);

// Overrides of the writing direction could make a text read as another one.
const clean = (it) =>
  typeof it === "string" ? it.slice(0, MOST_TEXT).replace(/[\u202a-\u202e\u2066-\u2069\u0000-\u0008]/g, "") : "";
export const list = (it) => (Array.isArray(it) ? it.slice(0, MOST_ROWS) : []);
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

/** Where a spot lies on the figure: {x, y, back}. Seen from the front, the person's right is on our left. */
export function spotOf(code, places) {
  const found = /^spot-(.+?)(?:-(left|right))?$/.exec(code);
  const at = found && Object.hasOwn(places, found[1]) ? places[found[1]] : null;
  if (!at) return null;
  const [x, y, back] = at;
  return { x: (found[2] === "right") === Boolean(back) ? x : -x, y, back: Boolean(back) };
}

// --- Drawing ---

const SVG = "http://www.w3.org/2000/svg";
let kit = { words: {}, language: "en", axis: {}, places: {} };

/** What is drawn with: `words` by key, their `language`, the `axis` of each test, the `places` of the spots. */
export const use = (given) => (kit = given);

export const told = (key, values = {}) => (kit.words[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
export const dated = (when, how) => new Intl.DateTimeFormat(kit.language, { dateStyle: "long", ...how }).format(when);
export const day = (text) => dated(new Date(text), { timeZone: "UTC" });
const shown = (value) => (value === null ? "–" : new Intl.NumberFormat(kit.language, { maximumFractionDigits: 1 }).format(value));

function put(made, attributes, inside) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside.filter(Boolean));
  return made;
}

export const make = (tag, attributes, ...inside) => put(document.createElement(tag), attributes, inside);
const draw = (tag, attributes, ...inside) => put(document.createElementNS(SVG, tag), attributes, inside);
export const plain = (tag, ...inside) => make(tag, {}, ...inside);
export const styled = (tag, kind, ...inside) => make(tag, { class: kind }, ...inside);
export const soft = (text) => text && styled("p", "soft", text);
export const part = (title, ...inside) => plain("section", plain("h2", title), ...inside);

/** The parts of a document that was read, from the banner to what is not in it. */
export function summary(it) {
  const pains = it.rows.filter(({ code }) => code.startsWith("pain-"));
  const tests = it.rows.filter(({ code }) => !/^(pain|usual)-/.test(code));
  const usual = it.rows.filter(({ code }) => code.startsWith("usual-"));
  const answers = [...it.answers, ...usual.map((each) => [each.name, each.value === null ? each.reason : shown(each.value)])];
  const coded = it.known ? [pains.length && painPart(pains), testPart(tests)] : [plain("p", told("older_page")), plainTable(it.rows)];
  return [
    styled("p", "notice", it.example ? it.texts[0][1] : told("banner")),
    it.day && plain("p", told("done_on", { day: day(it.day) })),
    ...coded,
    answers.length && part(told("answers"), plain("dl", ...answers.flatMap(([question, answer]) => [plain("dt", question), plain("dd", answer)]))),
    ...it.texts.map(([title, text]) => part(title, plain("p", text))),
  ].filter(Boolean);
}

function painPart(pains) {
  const worst = pains.find(({ place }) => place);
  const at = worst && spotOf(worst.site, kit.places);
  const inside = plain(
    "div",
    worst && plain("p", `${told("worst")}: `, plain("strong", worst.place)),
    ...pains.flatMap((each) => [plain("h3", each.name), valued(each, 10, told("of_ten", { value: shown(each.value) }))]),
  );
  return part(told("pain"), at ? styled("div", "beside", inside, figure(at, worst.place)) : inside);
}

function testPart(rows) {
  const tests = new Map();
  for (const each of rows.filter(({ code }) => !code.endsWith(GAP))) {
    const key = each.code || each.name;
    tests.set(key, [...(tests.get(key) ?? []), each]);
  }
  const cards = [...tests].map(([key, mine]) => testCard(key, mine, rows.find(({ code }) => code === key + GAP)));
  return part(told("tests"), ...(cards.length ? cards : [plain("p", told("no_tests"))]));
}

function testCard(code, rows, gap) {
  const [most = 60, less] = kit.axis[code] ?? [];
  const longest = Math.max(most, ...rows.map(({ value }) => value ?? 0));
  const { margin } = rows.find((each) => each.margin !== null) ?? {};
  // Whole units: a decimal would claim more than a home test can know.
  const about = margin && Math.max(1, Math.round(margin));
  return plain(
    "article",
    plain("h3", rows[0].name),
    less && soft(told("less")),
    ...rows.map((each) => testRow(each, longest)),
    gap?.said && styled("p", "said", `${told("left")} – ${told("right")}: ${gap.said}.`),
    about && soft(told("margin", { value: amount({ ...rows[0], value: about }, longest) })),
  );
}

function testRow(each, most) {
  const text = amount(each, most);
  const pain = each.pain.some((one) => one !== null) && told("pain_during", { values: each.pain.map(shown).join(" / ") });
  return styled(
    "div", "row",
    styled("p", "who", told(each.side)),
    valued(each, most, each.more ? told("or_more", { value: text }) : text),
    soft(each.tries.length > 1 && told("tries", { values: each.tries.map(shown).join(", ") })),
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

// The body map's own body, one half of it; a test compares.
const BODY =
  "M43 -135L58 -134L74 -111L93 -79L101 -65L97 -54L85 -54L76 -67L53 -97L37 -120ZM91 -66L102 -63L110 -46L119 -17L122 -6L128 2L132 15L127 23L118 21L112 8L110 -1L105 -12L91 -38L84 -56ZM74 217L92 217L96 231L98 240L83 242L69 240L71 231ZM70 96L85 104L89 133L90 163L90 204L92 221L84 228L75 223L73 205L64 165L59 136L57 107ZM25 8L51 12L62 39L74 72L84 100L75 115L58 112L44 86L26 56L12 30ZM-11 -159L11 -159L13 -137L0 -129L-13 -137ZM-35 -48L0 -49L35 -48L41 -22L44 0L39 20L17 25L0 27L-17 25L-39 20L-44 0L-41 -22ZM-15 -140L0 -136L15 -140L36 -134L48 -123L48 -101L42 -73L37 -47L38 -31L0 -26L-38 -31L-37 -47L-42 -73L-48 -101L-48 -123L-36 -134ZM0 -218L17 -211L22 -190L19 -169L10 -156L0 -154L-10 -156L-19 -169L-22 -190L-17 -211Z";

function figure({ x, y, back }, spot) {
  const [one, other] = back ? ["left", "right"] : ["right", "left"];
  return draw(
    "svg", { class: "figure", viewBox: "-135 -225 270 500", role: "img", "aria-label": told(back ? "figure_back" : "figure_front", { spot }) },
    draw("path", { class: "body", d: BODY }),
    draw("path", { class: "body", d: BODY, transform: "scale(-1,1)" }),
    draw("circle", { class: "ring", cx: x, cy: y, r: 22 }),
    draw("circle", { class: "spot", cx: x, cy: y, r: 12 }),
    draw("text", { x: -84, y: 266 }, told(one)),
    draw("text", { x: 84, y: 266 }, told(other)),
  );
}

function plainTable(rows) {
  const cells = rows.map((each) => [each.name, each.place, each.value === null ? each.said || each.reason : `${shown(each.value)} ${each.unit}`]);
  const head = plain("tr", ...["item", "side", "value"].map((key) => make("th", { scope: "col" }, told(key))));
  return plain("section", plain("table", head, ...cells.map((row) => plain("tr", ...row.map((cell) => plain("td", cell))))));
}
