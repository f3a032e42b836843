// "Save my answers" and "Print": two buttons. The file is made here, from what the page already holds.

import { file, handOver } from "./save.mjs";

const made = new WeakMap();

function build(parent) {
  const row = document.createElement("div");
  row.className = "row";
  const [save, print] = ["save", "print"].map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.what = name;
    row.append(button);
    return button;
  });
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  parent.append(row, said);
  return { save, print, said };
}

export default function ({ data, parentElement }) {
  if (!made.has(parentElement)) made.set(parentElement, build(parentElement));
  const { save, print, said } = made.get(parentElement);
  save.textContent = data.save;
  print.textContent = data.print;
  save.onclick = () => {
    handOver(file(data.text, data.type), data.name, document);
    said.textContent = data.saved;
  };
  print.onclick = () => window.print();
}
