// Buttons that save a file, and "Print". A file is made here, from what the page holds: at once where it holds
// it, else after the page was asked for it.

import { arrived, file, handOver, isHere } from "./save.mjs";

const made = new WeakMap();

function build(parent) {
  const row = document.createElement("div");
  row.className = "row";
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  parent.append(row, said);
  return { row, said, waiting: null };
}

/** The n-th button of the row, made when it is first needed: one under a finger is never replaced. */
function button(row, at) {
  if (!row.children[at]) {
    const fresh = document.createElement("button");
    fresh.type = "button";
    row.append(fresh);
  }
  return row.children[at];
}

export default function ({ data, parentElement, setStateValue }) {
  if (!made.has(parentElement)) made.set(parentElement, build(parentElement));
  const here = made.get(parentElement);
  const { row, said } = here;
  const files = data.files ?? [{ ...data, label: data.save }];
  const give = (each) => {
    here.waiting = null;
    handOver(file(each), each.name, document);
    said.textContent = data.saved;
  };
  const ask = ({ what }) => {
    here.waiting = Array.from(crypto.getRandomValues(new Uint8Array(12)), (each) => each.toString(16)).join("");
    said.textContent = data.making;
    setStateValue("wanted", { what, id: here.waiting });
  };
  const acts = files.map((each) => ({
    what: each.what ?? "save",
    label: each.label,
    act: () => (isHere(each) ? give(each) : ask(each)),
  }));
  if (data.print) acts.push({ what: "print", label: data.print, act: () => window.print() });
  acts.forEach(({ what, label, act }, at) => {
    const each = button(row, at);
    each.dataset.what = what;
    each.textContent = label;
    each.onclick = act;
  });
  while (row.children.length > acts.length) row.lastChild.remove();
  const asked = arrived(files, here.waiting);
  if (asked) give(asked);
}
