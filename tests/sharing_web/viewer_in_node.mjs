// Runs the viewer's own reading over the known answers and prints what it did, as JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { readDocument, spotOf } from "../../src/screening/views/components/summary/draw.mjs";

const [script, vectors, places, hl7] = process.argv.slice(2);
const viewer = await import(pathToFileURL(script));
const read = (folder, name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const key = (text) => Uint8Array.from(Buffer.from(text, "base64url"));
const hash = async (bytes) => Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
const why = (work) => work().then(() => "opened", (error) => error.why ?? String(error));

const links = read(vectors, "shl/links.json");
const valid = read(vectors, "jwe/valid.json");
const invalid = read(vectors, "jwe/invalid.json");
const found = { links: {}, valid: {}, wrongKey: {}, invalid: {}, bits: {} };

for (const each of links.cases) {
  const prefix = each.name === "url-of-128" ? "/" + "p".repeat(58) : "";
  found.links[each.name] = viewer.readLink(each.link, { origin: links.origin, prefix }, links.now).state;
}
for (const each of valid.cases) {
  found.valid[each.name] = new TextDecoder().decode(await viewer.unseal(each.jwe, key(valid.key)));
  found.wrongKey[each.name] = await why(() => viewer.unseal(each.jwe, key(invalid.wrong_key)));
}
for (const each of invalid.cases) found.invalid[each.name] = await why(() => viewer.unseal(each.jwe, key(invalid.key)));

const sealed = valid.cases[0].jwe;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
for (let place = 0; place < sealed.length; place += 1) {
  if (sealed[place] === ".") continue;
  const other = letters[letters.indexOf(sealed[place]) ^ 1];
  const changed = sealed.slice(0, place) + other + sealed.slice(place + 1);
  const said = await why(() => viewer.unseal(changed, key(valid.key)));
  found.bits[said] = (found.bits[said] ?? 0) + 1;
}

const limit = viewer.unseal(sealed, key(valid.key), 56).then((plain) => plain.length);
found.limit = [await limit, await why(() => viewer.unseal(sealed, key(valid.key), 55))];
found.huge = await why(() => viewer.unseal("A".repeat(512 * 1024 + 1), key(valid.key)));

if (hl7) {
  const spec = read(hl7, "spec-jwe.json");
  const ips = read(hl7, "ips-expect.json");
  found.spec = await hash(await viewer.unseal(spec.jwe, key(spec.key)));
  found.ips = await hash(await viewer.unseal(readFileSync(join(hl7, "ips-jwe.txt"), "utf8"), key(ips.key)));
}

found.spots = Object.fromEntries(
  ["spot-knee-front-right", "spot-knee-front-left", "spot-buttock-left", "spot-low-back", "spot-none", "spot-constructor", "x"].map((each) => [each, spotOf(each, JSON.parse(places))]),
);
found.documents = {};
for (const name of ["summary", "answers"]) {
  const it = readDocument(read(vectors, `fhir/${name}.bundle.json`), {});
  found.documents[name] = { day: it.day, known: it.known, rows: it.rows.length, answers: it.answers.length, texts: it.texts.length, capped: it.rows.filter((each) => each.more).length };
}
const odd = [null, [], 1, "x", {}, { resourceType: "Bundle" }, { resourceType: "Bundle", type: "document", entry: 5 }];
found.odd = odd.map((each) => {
  try {
    readDocument(each, {});
    return "read";
  } catch (error) {
    return error.why ?? String(error);
  }
});
const strange = { resourceType: "Bundle", type: "document", meta: { tag: [null] }, entry: [null, 5, { resource: null }, { resource: { resourceType: "Composition", date: 7, section: [null, 3, { title: 5, text: { div: 8 } }] } }, { resource: { resourceType: "Observation", code: 3, valueQuantity: { value: "x" }, component: [null, { code: null }], bodySite: [] } }, { resource: { resourceType: "QuestionnaireResponse", item: [null, { answer: [null, {}] }] } }, { resource: { resourceType: "Device", version: [null, {}] } }] };
found.strange = readDocument(strange, {}).rows[0];
found.stop = [viewer.readStop(`#stop:${"a".repeat(43)}.${"b".repeat(43)}`), viewer.readStop("#stop:x.y"), viewer.readStop(`#stop:${"a".repeat(43)}`)];
console.log(JSON.stringify(found));
