// Buttons that save a file, and "Print". The files are made here, from what the page already holds.

import { file, handOver } from "./save.mjs";

const made = new WeakMap();

function build(parent) {
  const row = document.createElement("div");
  row.className = "row";
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  parent.append(row, said);
  return { row, said };
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

export default function ({ data, parentElement }) {
  if (!made.has(parentElement)) made.set(parentElement, build(parentElement));
  const { row, said } = made.get(parentElement);
  const files = data.files ?? [{ ...data, label: data.save }];
  const acts = files.map((each) => ({
    what: "save",
    label: each.label,
    act: () => {
      handOver(file(each), each.name, document);
      said.textContent = data.saved;
    },
  }));
  if (data.print) acts.push({ what: "print", label: data.print, act: () => window.print() });
  acts.forEach(({ what, label, act }, at) => {
    const each = button(row, at);
    each.dataset.what = what;
    each.textContent = label;
    each.onclick = act;
  });
  while (row.children.length > acts.length) row.lastChild.remove();
}
