// A button that opens files. They are read here; their names stay here.

import { all } from "./read.mjs";

const made = new WeakMap();

function build(parent) {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", multiple: true, accept: ".json,application/json", hidden: true });
  const button = document.createElement("button");
  button.type = "button";
  button.onclick = () => input.click();
  parent.append(button, input);
  return { button, input };
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!made.has(parentElement)) made.set(parentElement, build(parentElement));
  const { button, input } = made.get(parentElement);
  button.textContent = data.label;
  input.onchange = async () => {
    const files = await all(input.files, data.bytes, data.most);
    input.value = ""; // the same file can be opened again
    if (files.length) setTriggerValue("files", files);
  };
}
