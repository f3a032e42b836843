/**
 * The runner on the page: draws the state of step.mjs, hears taps and keys, speaks, and hands over.
 *
 * Python sends what to run; the browser sends back one report when a side is over. The report is a state,
 * kept in this tab until Python says by `have` or `taken` that it has it: a cut line loses nothing.
 *
 * @typedef {import("./step.mjs").State} State
 * @typedef {import("./step.mjs").Plan} Plan
 * @typedef {{plan: Plan|null, have: string|null, taken: boolean, fresh: string|null, lang: string,
 *   words: Record<string, string>, name: string, side: string, stages: string[], reasons: string[],
 *   stop: string[], lead_s: number, heading: number, stored?: boolean}} Data
 * @typedef {(name: string, value: any) => void} Send
 */

import { clock } from "./clock.mjs"
import { awake, beep, buzz, hush, speak, wake_sound } from "./device.mjs"
import { choose, chosen, keep, kept, may_store } from "./keep.mjs"
import { begin, counting_try, cues, elapsed, key, length, report, rest_left, step, tenths } from "./step.mjs"

const time = clock(() => performance.now(), () => Date.now())
const SCREEN_PHASES = ["lead", "going", "why", "confirm", "unsure", "between"]
const RING = 2 * Math.PI * 45
/** @type {WeakMap<object, Runner>} */
const mounted = new WeakMap()

/** @param {{data: Data, parentElement: any, setStateValue: Send}} component */
export default function ({ data, parentElement, setStateValue }) {
  const runner = mounted.get(parentElement) ?? new Runner(parentElement)
  mounted.set(parentElement, runner)
  runner.show(data, setStateValue)
  return () => {
    mounted.delete(parentElement)
    runner.gone()
  }
}

class Runner {
  /** @param {any} parent the shadow root Streamlit gives us */
  constructor(parent) {
    this.page = parent.ownerDocument
    this.root = parent.querySelector(".runner")
    /** @type {State|null} */
    this.state = null
    /** @type {string|null} */
    this.drawn = null
    /** @type {string|null} */
    this.told = null
    this.full = false
    /** @type {WeakMap<EventTarget, string>} buttons that answer to the finger going down, and what they do */
    this.presses = new WeakMap()
    this.every = 0
    this.ticking = 0
    this.saved_s = -1
    this.build()
    this.on_seen = () => this.seen()
    this.on_key = (/** @type {KeyboardEvent} */ event) => this.pressed(event)
    this.page.addEventListener("visibilitychange", this.on_seen)
    this.page.addEventListener("keydown", this.on_key, true)
    this.on_down = (/** @type {PointerEvent} */ event) => this.down(event)
    this.page.defaultView.addEventListener("pointerdown", this.on_down, true)
    this.guard = new MutationObserver(() => this.stay_usable())
    this.guard.observe(this.page.documentElement, { subtree: true, attributes: true, attributeFilter: ["inert"] })
  }

  /** The parts that stay for as long as the component does. */
  build() {
    this.card = this.h("div", { class: "card" })
    this.said = this.h("p", { class: "said", role: "status" })
    this.strip = this.h("div", { class: "strip" })
    this.body = this.h("div", { class: "body" })
    this.flash = this.h("div", { class: "flash" })
    this.said_inside = this.h("p", { class: "said", role: "status" })
    this.dialog = this.h("dialog", {}, this.strip, this.body, this.said_inside, this.flash)
    this.dialog.addEventListener("cancel", (/** @type {any} */ event) => {
      event.preventDefault()
      this.act("stop", {}, event)
    })
    this.dialog.addEventListener("close", () => this.full && this.dialog.showModal())
    this.root.replaceChildren(this.card, this.said, this.dialog)
  }

  /** Python speaks. @param {Data} data @param {Send} send */
  show(data, send) {
    this.data = data
    this.send = send
    may_store(data.stored !== false)
    const { words, name, side, stages, reasons, stop, taken } = data
    const told = JSON.stringify([words, name, side, stages, reasons, stop, taken])
    if (this.told !== told) this.drawn = null
    this.told = told
    this.state = this.adopt()
    this.act("tick", {}, null)
    this.hand_over()
  }

  /** The run to go on with: the one kept here, or a new one. @returns {State|null} */
  adopt() {
    const { plan, have, taken, fresh } = /** @type {Data} */ (this.data)
    if (!plan) return null
    const all = kept()
    const mine = this.state && key(this.state.plan) === key(plan) ? this.state : all.runs[key(plan)]
    const known = mine && (fresh === null || mine.fresh === fresh) ? mine : null
    const settled = known && (taken || report(known)?.id === have)
    if (settled && all.runs[key(plan)]) {
      delete all.runs[key(plan)]
      keep(all)
    }
    if (taken) return known
    if (known && !settled) return known.phase === "ready" ? { ...known, plan } : known
    return begin(plan, time.now(), { rest_from: all.rest_from, fresh })
  }

  /** Something happened. @param {string} type @param {object} more @param {any} event the browser's, or null */
  act(type, more, event) {
    if (!this.state) return this.draw()
    const before = this.state
    const now = event?.timeStamp ? time.at(event.timeStamp) : time.now()
    this.state = step(before, { type, ...more }, now)
    this.remember(before)
    for (const cue of cues(before, this.state)) this.perform(cue)
    this.draw()
    if (before.phase !== this.state.phase) this.hand_over()
  }

  /** Keep the run in this tab: at every change, and once a second while the clock runs. @param {State} before */
  remember(before) {
    const state = /** @type {State} */ (this.state)
    const second = Math.floor(state.seen / 1000)
    const same = before.phase === state.phase && before.taps === state.taps && before.value === state.value
    if (same && (second === this.saved_s || state.phase === "ready" || state.phase === "over")) return
    this.saved_s = second
    const all = kept()
    all.runs[key(state.plan)] = state
    all.rest_from = state.rest_from ?? all.rest_from
    keep(all)
  }

  hand_over() {
    const data = /** @type {Data} */ (this.data)
    const done = this.state && report(this.state)
    if (!done || data.taken || done.id === data.have) return
    /** @type {Send} */ (this.send)("held", done)
  }

  seen() {
    if (this.page.visibilityState !== "visible") return
    time.woke()
    this.act("tick", {}, null)
    awake(this.busy())
  }

  /** @returns {boolean} */
  busy() {
    return this.state !== null && SCREEN_PHASES.includes(this.state.phase)
  }

  /** Space, Enter and Escape stop a hold, wherever the focus is. @param {KeyboardEvent} event */
  pressed(event) {
    const phase = this.state?.phase
    const mode = this.state?.plan.mode
    if (!this.dialog.open || (phase !== "going" && phase !== "lead")) return
    if (event.key !== "Escape" && event.key !== " " && event.key !== "Enter") return
    const focus = this.root.getRootNode().activeElement
    if (event.key !== "Escape" && focus?.matches?.("button:not([data-main])")) return
    event.preventDefault()
    event.stopPropagation()
    if (event.repeat) return
    const taps = phase === "going" && mode === "count" && event.key !== "Escape"
    this.act(taps ? "tap" : "stop", {}, event)
  }

  /** @param {ReturnType<typeof cues>[number]} cue */
  perform(cue) {
    const { lang } = /** @type {Data} */ (this.data)
    if (cue.voice && !this.mute()) speak(cue.voice === "n" ? String(cue.n) : this.w(`say_${cue.voice}`, { n: cue.n }), lang)
    if (cue.tone && !this.mute()) beep(cue.tone)
    if (cue.flash && !this.still()) this.flash.animate?.([{ opacity: 0.85 }, { opacity: 0 }], { duration: 450, easing: "ease-out" })
    if (cue.buzz) buzz(cue.buzz)
    if (cue.status) this.announce(cue.status)
  }

  /** @param {string} what a word key; what was measured is filled in */
  announce(what) {
    const text = this.w(`status_${what}`, { value: this.value() })
    this.said.textContent = text
    this.said_inside.textContent = text
  }

  mute() {
    return chosen("mute", false)
  }

  still() {
    return chosen("still", matchMedia("(prefers-reduced-motion: reduce)").matches)
  }

  // ---- drawing -------------------------------------------------------------------------------------

  draw() {
    const state = this.state
    const full = state !== null && (SCREEN_PHASES.includes(state.phase) || (state.phase === "over" && !state.closed))
    const face = state ? `${state.phase}/${state.practice}/${state.stage}/${full}/${state.tries.length}` : "none"
    if (face !== this.drawn) {
      this.drawn = face
      this.open(full)
      if (full) this.draw_screen()
      else this.draw_card()
      awake(this.busy())
    }
    if (state) this.draw_time(state)
    this.tick_while(state)
  }

  /** @param {State|null} state */
  tick_while(state) {
    const moving = state && (state.phase === "lead" || state.phase === "going")
    const resting = state && rest_left(state, time.now()) > 0
    const every = moving ? 100 : resting ? 250 : 0
    if (every === this.every) return
    clearInterval(this.ticking)
    this.every = every
    if (every) this.ticking = setInterval(() => this.act("tick", {}, null), every)
  }

  /** @param {boolean} full */
  open(full) {
    this.full = full
    if (full && !this.dialog.open) this.dialog.showModal()
    this.stay_usable()
    if (!full && this.dialog.open) {
      hush()
      this.dialog.close()
      this.body.replaceChildren()
    }
  }

  /** Without a line Streamlit shows a notice and makes all else inert: STOP must work all the same. */
  stay_usable() {
    if (!this.full) return
    const host = this.root.getRootNode().host ?? this.root
    for (let off = host.closest("[inert]"); off; off = host.closest("[inert]")) off.inert = false
  }

  /** A finger goes down on the screen of ours: we hear it first, or that notice takes the tap for itself. @param {PointerEvent} event */
  down(event) {
    const path = event.composedPath()
    if (!this.full || !path.includes(this.dialog)) return
    event.stopPropagation()
    const pressed = path.find((each) => this.presses.has(each))
    if (!pressed) return
    event.preventDefault()
    if (event.button === 0) this.act(this.presses.get(pressed), {}, event)
  }

  draw_card() {
    const state = this.state
    const data = /** @type {Data} */ (this.data)
    if (!state || data.taken) return this.card.replaceChildren(...[this.stop_list()].filter(Boolean))
    if (state.phase === "over") {
      return this.card.replaceChildren(this.h("p", { class: "kept" }, this.w("kept", { value: this.value() })))
    }
    const parts = [
      this.heading("side", data.side),
      this.h("p", { class: "rest", "data-rest": "" }),
      this.stage_line(state),
      this.button("main", this.w(state.practiced ? "start_again" : "start"), () => this.start(false)),
      state.plan.mode === "stages" ? null : this.button("second", this.w("practice"), () => this.start(true)),
      this.stop_list(),
      this.switches(),
    ]
    this.card.replaceChildren(...parts.filter(Boolean))
  }

  /** @param {boolean} practice */
  start(practice) {
    time.set()
    wake_sound()
    this.act("start", { lead_s: this.lead_s(), practice }, null)
  }

  /** @returns {number} seconds between the tap and "Go" */
  lead_s() {
    const picked = this.root.querySelector("input[name=lead]:checked")
    return picked ? Number(picked.value) : /** @type {Data} */ (this.data).lead_s
  }

  /** When to stop: one tap away, line or no line. */
  stop_list() {
    const [title, ...texts] = /** @type {Data} */ (this.data).stop
    if (!title) return null
    return this.h("details", { class: "stops" }, this.h("summary", {}, title), ...texts.map((text) => this.h("p", {}, text)))
  }

  switches() {
    const data = /** @type {Data} */ (this.data)
    const lead = [3, 10].map((n) => this.h("label", { class: "pick" },
      this.h("input", { type: "radio", name: "lead", value: String(n), checked: n === data.lead_s ? "" : null }),
      this.h("span", {}, this.w("lead", { n }))))
    return this.h("div", { class: "switches" },
      this.h("fieldset", {}, this.h("legend", {}, this.w("lead_ask")), ...lead),
      this.toggle("sound", !this.mute(), (on) => this.set_mute(!on)),
      this.toggle("flash", !this.still(), (on) => choose("still", !on)))
  }

  /** @param {boolean} mute */
  set_mute(mute) {
    choose("mute", mute)
    if (mute) hush()
  }

  /** @param {string} name @param {boolean} on @param {(on: boolean) => void} act */
  toggle(name, on, act) {
    const box = this.h("input", { type: "checkbox", checked: on ? "" : null })
    box.onchange = () => act(box.checked)
    return this.h("label", { class: "pick" }, box, this.h("span", {}, this.w(name)))
  }

  draw_screen() {
    const state = /** @type {State} */ (this.state)
    const data = /** @type {Data} */ (this.data)
    this.dialog.dataset.phase = state.phase
    this.dialog.setAttribute("aria-label", [data.name, data.side].filter(Boolean).join(", "))
    this.strip.replaceChildren(
      this.h("p", { class: "where" }, this.h("strong", {}, data.side || data.name),
        state.practice ? this.h("span", { class: "tag" }, this.w("practice_tag")) : null),
      this.mute_button())
    this.body.replaceChildren(...this.screen(state).filter(Boolean))
    const first = this.body.querySelector("[data-main], [tabindex]")
    first?.focus({ preventScroll: true })
  }

  mute_button() {
    const words = () => this.w(this.mute() ? "sound_off" : "sound_on")
    const button = this.button("mute", words(), () => {
      this.set_mute(!this.mute())
      button.textContent = words()
    })
    return button
  }

  /** @param {State} state @returns {any[]} */
  screen(state) {
    switch (state.phase) {
      case "lead": return this.screen_lead(state)
      case "going": return state.plan.mode === "count" ? this.screen_count() : this.screen_clock(state)
      case "why": return this.screen_why(state)
      case "confirm": return this.screen_confirm()
      case "unsure": return this.screen_unsure(state)
      case "between": return this.screen_between(state)
      default: return this.screen_over()
    }
  }

  /** @param {State} state */
  screen_lead(state) {
    return [
      this.h("div", { class: "face" }, this.ring(), this.digits()),
      this.h("p", { class: "hint" }, this.w(state.lead_ms > 3000 ? "get_set" : "get_ready")),
      this.press("second", this.w("not_yet"), "stop", { "data-main": "" }),
    ]
  }

  /** @param {State} state */
  screen_clock(state) {
    return [
      this.press("stop", this.w(state.plan.mode === "time" ? "finish" : "stop"), "stop", { "data-main": "" }),
      this.h("div", { class: "face over" }, this.ring(), this.digits("seconds")),
      this.stage_line(state),
    ]
  }

  screen_count() {
    return [
      this.press("tap", this.w("tap"), "tap", { "data-main": "", "data-taps": "" }),
      this.h("div", { class: "face over" }, this.ring(), this.digits("seconds_left")),
      this.h("div", { class: "row" },
        this.press("second", this.w("undo"), "undo"),
        this.press("stop small", this.w("stop"), "stop")),
    ]
  }

  /** @param {State} state */
  screen_why(state) {
    const data = /** @type {Data} */ (this.data)
    const reasons = data.reasons.map((reason) =>
      this.button("choice", this.w(`why.${reason}`), (event) => this.act("why", { reason }, event), { "data-why": reason }))
    return [
      this.focus_heading(this.w(state.plan.mode === "time" ? "why_time" : "why_ask")),
      this.h("p", { class: "result" }, this.value()),
      ...reasons,
      this.button("quiet", this.w("why_mistake"), (event) => this.act("back", {}, event)),
    ]
  }

  screen_confirm() {
    return [
      this.focus_heading(this.w("count_ask")),
      this.h("p", { class: "hint" }, this.w("count_help")),
      this.h("div", { class: "row stepper" },
        this.button("round", "\u2212", (event) => this.act("less", {}, event), { "aria-label": this.w("less") }),
        this.h("output", { class: "result big", "data-count": "" }),
        this.button("round", "+", (event) => this.act("more", {}, event), { "aria-label": this.w("more") })),
      this.button("main", this.w("keep"), (event) => this.act("keep", {}, event)),
    ]
  }

  /** @param {State} state */
  screen_unsure(state) {
    return [
      this.focus_heading(this.w("unsure_ask")),
      this.h("p", { class: "hint" }, this.w("unsure_why")),
      this.button("main", this.w("unsure_yes", { n: state.plan.seconds }), (event) => this.act("yes", {}, event)),
      this.button("second", this.w("unsure_no"), (event) => this.act("no", {}, event)),
    ]
  }

  /** @param {State} state */
  screen_between(state) {
    const n = state.tries.length
    return [
      this.focus_heading(n ? this.w("tried", { n, of: state.plan.tries }) : this.w("not_counted")),
      this.h("p", { class: "result" }, n ? this.value() : ""),
      this.h("p", { class: "rest", "data-rest": "" }),
      this.button("main", this.w("try_again"), () => this.start(false)),
      this.button("second", this.w(n ? "enough" : "enough_none"), (event) => this.act("enough", {}, event)),
    ]
  }

  screen_over() {
    return [
      this.focus_heading(this.w("end_of_test")),
      this.h("p", { class: "result big" }, this.value()),
      this.button("main", this.w("go_on"), (event) => this.act("close", {}, event)),
    ]
  }

  /** The moving parts: digits, ring, count, rest. @param {State} state */
  draw_time(state) {
    const now = time.now()
    const down = state.plan.mode === "count" || state.phase === "lead"
    const total = state.phase === "lead" ? state.lead_ms : length(state)
    const gone = state.phase === "lead" ? Math.min(total, Math.max(0, now - state.since)) : elapsed(state, now)
    const shown = down ? Math.ceil((total - gone) / 1000) : Math.floor(gone / 1000)
    this.fill("[data-digits]", String(shown))
    this.fill("[data-taps]", state.taps.length ? this.w("tapped", { n: state.taps.length }) : this.w("tap"))
    this.fill("[data-count]", String(state.value))
    const rest = Math.ceil(rest_left(state, now) / 1000)
    this.fill("[data-rest]", rest ? this.w("rest", { n: rest }) : "")
    const part = total ? (this.still() ? Math.floor(gone / 1000) * 1000 : gone) / total : 0
    this.root.querySelector("[data-ring]")?.setAttribute("stroke-dashoffset", String(RING * (1 - Math.min(1, part))))
  }

  // ---- small pieces --------------------------------------------------------------------------------

  /** What was measured, in words. @returns {string} */
  value() {
    const state = this.state
    if (!state) return ""
    const data = /** @type {Data} */ (this.data)
    const best = state.phase === "over" || state.phase === "between" ? counting_try(state)?.value : null
    const running = state.plan.mode === "stages" ? state.stage : tenths(state.elapsed_ms)
    const n = best ?? (state.plan.mode === "count" ? state.value : running)
    return this.w("value", { n: new Intl.NumberFormat(data.lang, { maximumFractionDigits: 1 }).format(n) })
  }

  /** @param {State} state */
  stage_line(state) {
    const data = /** @type {Data} */ (this.data)
    if (state.plan.mode !== "stages") return null
    const words = this.w("stage", { n: state.stage + 1, of: state.plan.stages })
    return this.h("p", { class: "stage" }, this.h("strong", {}, words), this.h("span", {}, data.stages[state.stage] ?? ""))
  }

  ring() {
    const svg = this.s("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" })
    svg.append(this.s("circle", { class: "track", cx: 50, cy: 50, r: 45 }),
      this.s("circle", { class: "done", cx: 50, cy: 50, r: 45, "data-ring": "", "stroke-dasharray": RING,
        "stroke-dashoffset": RING, transform: "rotate(-90 50 50)" }))
    return svg
  }

  /** @param {string} [unit] a word key */
  digits(unit) {
    return this.h("div", { class: "middle" },
      this.h("span", { class: "digits", role: "timer", "aria-live": "off", "data-digits": "" }),
      unit ? this.h("span", { class: "unit" }, this.w(unit)) : null)
  }

  /** @param {string} name @param {string} text */
  heading(name, text) {
    const level = /** @type {Data} */ (this.data).heading
    return text ? this.h(`h${level}`, { class: name }, text) : null
  }

  /** @param {string} text */
  focus_heading(text) {
    return this.h("h2", { tabindex: "-1" }, text)
  }

  /** @param {string} name @param {string} text @param {(event: any) => void} act @param {object} [more] */
  button(name, text, act, more = {}) {
    const button = this.h("button", { type: "button", class: name, ...more }, text)
    button.onclick = act
    return button
  }

  /** A button that answers to the finger going down, not up, and leaves the focus where it is. @param {string} name @param {string} text @param {string} type @param {object} [more] */
  press(name, text, type, more = {}) {
    const button = this.button(name, text, (event) => event.detail === 0 && this.act(type, {}, event), more)
    this.presses.set(button, type)
    return button
  }

  /** @param {string} where @param {string} text */
  fill(where, text) {
    for (const each of this.root.querySelectorAll(where)) if (each.textContent !== text) each.textContent = text
  }

  /** @param {string} name @param {Record<string, any>} [values] */
  w(name, values = {}) {
    const text = /** @type {Data} */ (this.data).words[name] ?? ""
    return text.replace(/\{(\w+)\}/g, (_, each) => String(values[each] ?? ""))
  }

  /** @param {string} tag @param {Record<string, any>} attributes @param {any[]} children */
  h(tag, attributes, ...children) {
    return this.filled(this.page.createElement(tag), attributes, children)
  }

  /** @param {string} tag @param {Record<string, any>} attributes */
  s(tag, attributes) {
    return this.filled(this.page.createElementNS("http://www.w3.org/2000/svg", tag), attributes, [])
  }

  /** @param {any} element @param {Record<string, any>} attributes @param {any[]} children */
  filled(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value)
    element.append(...children.filter((each) => each !== null && each !== undefined))
    return element
  }

  gone() {
    clearInterval(this.ticking)
    this.guard.disconnect()
    this.page.defaultView.removeEventListener("pointerdown", this.on_down, true)
    this.page.removeEventListener("visibilitychange", this.on_seen)
    this.page.removeEventListener("keydown", this.on_key, true)
    if (this.dialog.open) this.dialog.close()
    hush()
    awake(false)
  }
}
