// Turns the pages of the presenter view by keys or clicker, and draws a bright spot under the pointer.
//
// It looks at `document`: the buttons it presses are Streamlit's own, and so is the picture.

import { turn } from "./keys.mjs"

let latest = null
let listening = false
let spot = null

const keyed = (name) => document.querySelector(`.st-key-${name}`)

/** The control that has the focus, inside a component's shadow root too. */
function focused() {
  let found = document.activeElement
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement
  return found
}

function pressed(event) {
  if (!latest) return
  const on = focused()
  const slider = on instanceof HTMLInputElement || on?.getAttribute("role") === "slider"
  const wish = turn(event, slider)
  const button = wish && keyed(latest[wish])?.querySelector("button")
  if (!button) return
  event.preventDefault()
  event.stopPropagation()
  if (!button.disabled) button.click()
}

function build() {
  const made = document.createElement("div")
  made.setAttribute("aria-hidden", "true")
  made.dataset.laser = ""
  Object.assign(made.style, {
    position: "fixed",
    zIndex: "1000",
    width: "64px",
    height: "64px",
    margin: "-32px 0 0 -32px",
    borderRadius: "50%",
    border: "6px solid #ff2a1f",
    boxShadow: "0 0 0 4px #fff, inset 0 0 0 3px #fff, 0 0 0 6px rgb(0 0 0 / 60%)",
    pointerEvents: "none",
    display: "none",
  })
  document.body.append(made)
  return made
}

function follow(event) {
  if (!latest) return
  const picture = keyed(latest.picture)
  const over = picture && event.composedPath().includes(picture)
  spot ??= build()
  const lifted = event.type === "pointerup" || event.type === "pointercancel"
  spot.style.display = over && !(lifted && event.pointerType !== "mouse") ? "block" : "none"
  spot.style.left = `${event.clientX}px`
  spot.style.top = `${event.clientY}px`
}

function listen() {
  if (listening) return
  listening = true
  document.addEventListener("keydown", pressed, true)
  for (const type of ["pointermove", "pointerdown", "pointerup", "pointercancel"]) {
    document.addEventListener(type, follow, { capture: true, passive: true })
  }
}

export default function ({ data }) {
  latest = data
  listen()
  return () => {
    latest = null
    spot?.remove()
    spot = null
  }
}
