// Watches a shared tablet. Nobody there: a countdown that anybody can see and stop; then all is forgotten.
// The server forgets first; if it does not answer, the browser empties its stores and loads afresh by itself.

import { firstPage, watch } from "./idle.mjs"

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"]
const PATIENCE_MS = 4000

let latest = null
let touched = Date.now()
let listening = false
let ordered = 0
let loading = false

/** Somebody is there. While the countdown is up only a whole press counts: it must not fall through. */
function touch() {
  if (!ordered && !latest?.parts.dialog.open) touched = Date.now()
}

function stayHere() {
  if (ordered) return
  touched = Date.now()
  draw()
}

function listen() {
  if (listening) return
  listening = true
  for (const type of TOUCHES) document.addEventListener(type, touch, { capture: true, passive: true })
  setInterval(() => latest && draw(), 500)
}

function empty() {
  for (const name of ["sessionStorage", "localStorage"]) {
    try {
      window[name].clear()
    } catch {
      // nothing was kept where nothing can be stored
    }
  }
}

/** Forget what the browser holds, the memory of every script with it. */
function loadAfresh() {
  if (loading) return
  loading = true
  empty()
  addEventListener("pagehide", empty)
  location.replace(firstPage(location.search))
}

function build(parent) {
  const dialog = document.createElement("dialog")
  dialog.setAttribute("role", "alertdialog")
  dialog.setAttribute("aria-labelledby", "title")
  dialog.setAttribute("aria-describedby", "left text")
  const title = Object.assign(document.createElement("h2"), { id: "title" })
  const text = Object.assign(document.createElement("p"), { id: "text" })
  const left = Object.assign(document.createElement("p"), { id: "left", className: "left" })
  const stay = Object.assign(document.createElement("button"), { type: "button" })
  dialog.addEventListener("click", stayHere)
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault()
    stayHere()
  })
  dialog.append(title, left, text, stay)
  parent.append(dialog)
  return { dialog, title, text, left, stay }
}

const made = new WeakMap()

function order() {
  if (ordered) return
  ordered = Date.now()
  latest.setStateValue("next", `next-${ordered}`)
  setTimeout(loadAfresh, PATIENCE_MS)
}

function draw() {
  const { data, parts } = latest
  const { state, left_s } = watch(data, touched, Date.now())
  const { dialog, title, text, left, stay } = parts
  if (state === "quiet") {
    if (dialog.open) dialog.close()
    return
  }
  left.textContent = String(left_s)
  if (!dialog.open) {
    title.textContent = data.words.title
    text.textContent = data.words.text
    stay.textContent = data.words.stay
    dialog.showModal()
    stay.focus()
  }
  if (state === "over") order()
}

export default function ({ data, parentElement, setStateValue }) {
  if (!made.has(parentElement)) made.set(parentElement, build(parentElement))
  latest = { data, parts: made.get(parentElement), setStateValue }
  listen()
  if (data.anew) loadAfresh()
  else draw()
  return () => {
    latest = null
  }
}
