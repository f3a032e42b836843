// Keeps unfinished answers in this browser, hands them to a Streamlit session that does not know them,
// reports once after the last tap, and moves the focus to the heading of a new page.
//
// The one component that looks at `document`: taps, headings and the page's language are outside of it.

import { KEY, PREFIX, answers, kept, toStore } from "./kept.mjs"

const PAUSE_MS = 300
const FRAMES = 90
const CONTROLS = "label, input, textarea, button, summary"
const BUTTONS = "[data-testid=stButton], [data-testid=stMenuButton]" // they send a message of their own, with every answer in it

let latest = null // what the last render was given
let saidTo = null // the session that got its hello
let wiped = "" // the last order to forget that was carried out
let place = null // where the person was at the last render
let nudges = 0
let pending = 0
let ticks = 0
let listening = false

function store(name) {
  try {
    return window[name] // private mode may throw at the first touch
  } catch {
    return null
  }
}

function read(name) {
  try {
    return store(name)?.getItem(KEY) ?? null
  } catch {
    return null
  }
}

function write(name, text) {
  if (text === undefined) return
  try {
    if (text === null) store(name)?.removeItem(KEY)
    else store(name)?.setItem(KEY, text)
  } catch {
    // full, or switched off: the app goes on without it
  }
}

function forget(name) {
  try {
    const all = store(name)
    Object.keys(all ?? {})
      .filter((key) => key.startsWith(PREFIX))
      .forEach((key) => all.removeItem(key))
  } catch {
    // nothing was kept where nothing can be stored
  }
}

function copy({ sid, doc, at, where }) {
  return { by: sid, doc, at, device: where === "device" }
}

function report() {
  clearTimeout(pending)
  pending = 0
  if (!latest) return
  ticks += 1
  latest.setStateValue("tick", { n: ticks, ...(latest.data.heard ? copy(latest.data) : {}) })
}

function reportAfter(pause) {
  clearTimeout(pending)
  pending = setTimeout(report, pause)
}

function heardTap(event) {
  if (!latest?.data.watch || !(event.target instanceof Element)) return
  if (event.type === "keyup" && !answers(event.key)) return
  if (!event.target.closest(CONTROLS) || event.target.closest(BUTTONS)) return
  reportAfter(PAUSE_MS)
}

/** A pressed button reports by itself; a second message would cut its run short. */
function heardPress(event) {
  if (event.target instanceof Element && event.target.closest(BUTTONS)) clearTimeout(pending)
}

function leaving() {
  if (pending && document.visibilityState === "hidden") report()
}

function listen() {
  if (listening) return
  listening = true
  for (const type of ["pointerup", "keyup", "input"]) document.addEventListener(type, heardTap, true)
  document.addEventListener("click", heardPress, true)
  document.addEventListener("visibilitychange", leaving)
}

function whenThere(find, then, frames = FRAMES) {
  const found = find()
  if (found) then(found)
  else if (frames > 0) requestAnimationFrame(() => whenThere(find, then, frames - 1))
}

/** Wait until the first run is over: a message in the middle of it would cut it short. */
function whenDrawn(then, frames = 10 * FRAMES) {
  const running = document.querySelector("[data-test-script-state=running]")
  if (!running || frames === 0) then()
  else requestAnimationFrame(() => whenDrawn(then, frames - 1))
}

function focusOn(element) {
  element.tabIndex = -1
  element.focus()
}

function heading(title) {
  const all = [...document.querySelectorAll("[data-testid=stMain] h1")]
  return all.find((each) => each.textContent.trim() === title)
}

function follow(data, before) {
  if (before.heard && data.place !== before.place) {
    whenThere(() => heading(data.title), (h1) => {
      focusOn(h1)
      h1.scrollIntoView({ block: "center" })
    })
  }
  if (data.nudges > before.nudges) {
    whenThere(() => document.querySelector("[class*=st-key-missing-]"), (mark) => {
      focusOn(mark)
      mark.scrollIntoView({ block: "center" })
    })
  }
}

/** Ask a phone for its digits: Streamlit's text field cannot. */
function digits() {
  whenThere(
    () => document.querySelector("[class*=st-key-typed-] input, .st-key-q-age input"),
    (field) => {
      field.inputMode = "numeric"
    },
    FRAMES / 3,
  )
}

let heardBefore = false

export default function ({ data, setStateValue }) {
  latest = { data, setStateValue }
  document.documentElement.lang = data.lang
  listen()
  follow(data, { heard: heardBefore, place, nudges })
  digits()
  place = data.place
  nudges = data.nudges
  heardBefore = data.heard

  if (data.wipe && data.wipe !== wiped) {
    wiped = data.wipe
    forget("sessionStorage")
    forget("localStorage")
    if (saidTo || ticks) {
      setTimeout(() => latest?.setStateValue("hello", null), 2 * PAUSE_MS)
      reportAfter(3 * PAUSE_MS) // so that the copies which went with earlier messages are forgotten too
    }
  }
  const { tab, device } = toStore(data, Date.now())
  write("sessionStorage", tab)
  write("localStorage", device)

  if (!data.heard && saidTo !== data.sid) {
    saidTo = data.sid
    const found = kept(read("sessionStorage"), read("localStorage"), Date.now())
    whenDrawn(() => latest?.setStateValue("hello", { to: data.sid, ...found }))
  }
  return () => {
    latest = null
  }
}
