// A text, "Copy", and for a link the ways to send it. All of it happens in this browser.

import { canShare, copied, moment, shareLink } from "./hand_on.mjs";

const drawn = new WeakMap();
const CODE = 6;
let count = 0;

function make(tag, attributes, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside.filter(Boolean));
  return made;
}

function button(label, press, kind = "") {
  const made = make("button", { type: "button", class: kind }, label);
  made.onclick = press;
  return made;
}

export default function ({ data: { fresh, ...data }, parentElement }) {
  const of = JSON.stringify(data);
  if (drawn.get(parentElement) === of) return;
  drawn.set(parentElement, of);
  const id = `to-copy-${(count += 1)}`;
  const field = make("input", { id, class: data.send || data.text.length > CODE ? "" : "code", readonly: "", value: data.text });
  field.onfocus = () => field.select();
  const said = make("p", { role: "status" });
  const copy = (text) => async () => {
    const select = () => field.select();
    const done = text === data.text ? await copied(text, select, window) : await copied(text, () => {}, window);
    said.textContent = done ? data.copied : data.by_hand;
  };
  const first = button(data.copy, copy(data.text), data.send ? "main" : "");
  const line = make("div", { class: "line" }, field, first);
  const parts = [make("label", { for: id }, data.label), line];
  if (data.send) parts.push(ways(data, copy));
  parts.push(said);
  if (data.ends) parts.push(make("p", {}, data.ends.say.replace("{day}", moment(data.ends.at, data.ends.language))));
  parentElement.querySelector(".to-copy")?.remove();
  parentElement.append(make("div", { class: "to-copy" }, ...parts));
  if (fresh) requestAnimationFrame(() => comeToView(line, first));
}

/** What was pressed is gone from the page: go on where its result is. */
function comeToView(line, first) {
  first.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center" });
}

function ways({ send, text }, copy) {
  const sheet = canShare(text, navigator);
  return make(
    "div",
    { class: "ways" },
    sheet && button(send.share, () => shareLink(send, text, navigator)),
    make("a", { href: send.mailto, class: "way" }, send.mail),
    button(send.whole, copy(send.message)),
  );
}
