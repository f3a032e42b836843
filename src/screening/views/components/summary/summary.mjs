// The preview of what a recipient will see: the document that will be sealed, drawn as the viewer draws it.

import { make, readDocument, summary, told, use } from "./draw.mjs";

const drawn = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".summary");
  // A rerun that changes nothing here must not fold again what was unfolded.
  const of = JSON.stringify(data);
  if (drawn.get(root) === of) return;
  drawn.set(root, of);
  const { document, ...kit } = data;
  use(kit);
  const inside = make("div", { id: "summary", class: "folded" }, ...summary(readDocument(document, kit.words.codes)));
  const more = make("button", { type: "button", "aria-expanded": "false", "aria-controls": "summary" }, told("preview_all"));
  more.onclick = () => {
    const folded = inside.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    more.textContent = told(folded ? "preview_all" : "preview_less");
  };
  root.replaceChildren(inside, more);
}
