/**
 * One side of one test, as a state machine without clock, page or sound.
 *
 * `step(state, event, now)` is pure: `now` comes in, a new state goes out. Times are milliseconds on
 * one clock that survives a reload (see clock.mjs). A value is what the person did, in the test's unit.
 *
 * @typedef {"hold"|"count"|"time"|"stages"} Mode
 * @typedef {{test: string, side: string|null, mode: Mode, seconds: number, tries: number, best_of: boolean,
 *   higher: boolean, stages: number, rest_s: number, form: string}} Plan
 *   seconds: the cap of a hold or of a timed test, the length of a count or of one stage.
 * @typedef {"ready"|"lead"|"going"|"why"|"confirm"|"unsure"|"between"|"over"} Phase
 * @typedef {{value: number, capped: boolean, ended_by: string}} Try
 * @typedef {{plan: Plan, phase: Phase, practice: boolean, practiced: boolean, lead_ms: number, since: number,
 *   seen: number, calm_until: number, rest_from: number|null, taps: number[], stage: number,
 *   elapsed_ms: number, capped: boolean, value: number, tries: Try[], ended_by: string|null,
 *   fresh: string|null, first: number|null, closed: boolean}} State
 *   closed: a side that is over no longer fills the screen.
 * @typedef {{type: string, [more: string]: any}} Event
 */

/** A page that was not seen for longer than this cannot vouch for what happened at the end of the clock. */
export const GAP_MS = 5000
/** After the clock ends, taps are ignored for this long: a second tap on STOP is not an answer. */
export const CALM_MS = 600
/** Two stands are never closer together than this; a bouncing finger is. */
export const BOUNCE_MS = 350
/** A tap may be heard this much later than it came, while the page was busy; it counts from when it came. */
export const LATE_MS = 1500
/** A practice ends by itself after this many seconds. */
export const PRACTICE_S = { hold: 5, count: 15, time: 15, stages: 5 }
/** More stands than anybody can do; the number can still be typed beside the runner. */
export const MOST_TAPS = 99

/** Reasons after which the try still counts, pain apart. */
const COUNTS = ["tired", "form", "shoulder", "back", "finished"]
/** Reasons after which this side is over at once. */
const ENDS = ["pain", "unwell"]

/**
 * @param {Plan} plan
 * @param {number} now
 * @param {{rest_from?: number|null, fresh?: string|null}} [more]
 * @returns {State}
 */
export function begin(plan, now, { rest_from = null, fresh = null } = {}) {
  return {
    plan, phase: "ready", practice: false, practiced: false, lead_ms: 3000, since: now, seen: now,
    calm_until: 0, rest_from, taps: [], stage: 0, elapsed_ms: 0, capped: false, value: 0, tries: [],
    ended_by: null, fresh, first: null, closed: false,
  }
}

/** @param {State} state @returns {number} length of the running clock, ms */
export function length(state) {
  return 1000 * (state.practice ? PRACTICE_S[state.plan.mode] : state.plan.seconds)
}

/** @param {State} state @param {number} now @returns {number} ms on the running clock, 0 to its length */
export function elapsed(state, now) {
  if (state.phase !== "going") return state.elapsed_ms
  return Math.min(length(state), Math.max(0, Math.max(now, state.seen) - state.since))
}

/** @param {State} state @param {number} now @returns {number} ms of rest left, never negative */
export function rest_left(state, now) {
  if (state.rest_from === null) return 0
  const left = state.rest_from + 1000 * state.plan.rest_s - now
  return Math.min(1000 * state.plan.rest_s, Math.max(0, left))
}

/** @param {number} ms @returns {number} seconds to a tenth, never more than was done */
export function tenths(ms) {
  return Math.floor(ms / 100) / 10
}

/**
 * @param {State} state
 * @param {Event} event
 * @param {number} now
 * @returns {State}
 */
export function step(state, event, now) {
  const at = Math.max(now, state.seen)
  const calm = at < state.calm_until && event.type !== "tick"
  const current = { ...advance(state, at), seen: at }
  const act = current.phase === state.phase && !calm ? ACTS[state.phase][event.type] : undefined
  return act ? act(current, event, at - now < LATE_MS ? now : at) : current
}

/** What time alone does. @param {State} state @param {number} now @returns {State} */
function advance(state, now) {
  if (state.phase === "lead" && now - state.since >= state.lead_ms) {
    const going = { ...state, phase: /** @type {Phase} */ ("going"), since: state.since + state.lead_ms }
    return advance(going, now)
  }
  if (state.phase !== "going" || now - state.since < length(state)) return state
  const ended = { ...state, elapsed_ms: length(state), capped: true }
  if (state.practice) return rested(ended, now)
  if (state.plan.mode === "count") return { ...calmed(ended, "confirm", now), value: state.taps.length }
  if (now - state.seen > GAP_MS) return calmed(ended, "unsure", now)
  return { ...held_to_the_end(ended, state.since + length(state)), closed: false, calm_until: now + CALM_MS }
}

/** @type {Record<Phase, Record<string, (state: State, event: Event, now: number) => State>>} */
const ACTS = {
  ready: { start },
  lead: { stop: (state) => ({ ...state, phase: "ready", practice: false }) },
  going: { stop, tap, undo },
  why: { why, back: (state) => ({ ...state, phase: "ready" }) },
  confirm: {
    more: (state) => ({ ...state, value: Math.min(MOST_TAPS, state.value + 1) }),
    less: (state) => ({ ...state, value: Math.max(0, state.value - 1) }),
    keep: (state, _, now) => counted(state, now),
  },
  unsure: {
    yes: (state, _, now) => held_to_the_end(state, now),
    no: (state, _, now) => ({ ...rested(state, now), practiced: state.practiced }),
  },
  between: { start, enough: (state, _, now) => finish(state, state.ended_by, now) },
  over: { close: (state) => ({ ...state, closed: true }) },
}

/** @param {State} state @param {Event} event @param {number} now @returns {State} */
function start(state, event, now) {
  return {
    ...state, phase: "lead", since: now, lead_ms: 1000 * event.lead_s, practice: Boolean(event.practice),
    taps: [], elapsed_ms: 0, capped: false, value: 0, first: state.first ?? now,
  }
}

/** @param {State} state @param {Event} _ @param {number} now @returns {State} */
function stop(state, _, now) {
  const elapsed_ms = Math.min(length(state), Math.max(0, now - state.since))
  const ended = { ...state, elapsed_ms, capped: false }
  if (state.practice) return rested(ended, state.seen)
  return { ...calmed(ended, "why", state.seen), value: state.taps.length }
}

/** @param {State} state @param {Event} _ @param {number} now @returns {State} */
function tap(state, _, now) {
  const last = state.taps.at(-1) ?? -Infinity
  if (state.plan.mode !== "count" || now - last < BOUNCE_MS || state.taps.length >= MOST_TAPS) return state
  return { ...state, taps: [...state.taps, now] }
}

/** @param {State} state @returns {State} */
function undo(state) {
  return { ...state, taps: state.taps.slice(0, -1) }
}

/** @param {State} state @param {Event} event @param {number} now @returns {State} */
function why(state, event, now) {
  if (ENDS.includes(event.reason)) return finish(state, event.reason, now)
  if (!COUNTS.includes(event.reason)) return between({ ...state, ended_by: event.reason }, now)
  if (state.plan.mode === "count") return counted({ ...state, ended_by: event.reason }, now)
  if (state.plan.mode === "stages") return over_with(state, state.stage, event.reason, now)
  if (state.plan.mode === "time" && event.reason !== "finished") return between({ ...state, ended_by: "other" }, now)
  return over_with(state, tenths(state.elapsed_ms), event.reason, now)
}

/** @param {State} state @param {number} now @returns {State} */
function held_to_the_end(state, now) {
  if (state.plan.mode !== "stages") return over_with(state, state.plan.seconds, "cap", now)
  const stage = state.stage + 1
  if (stage >= state.plan.stages) return over_with({ ...state, stage }, stage, "cap", now)
  return { ...rested({ ...state, stage }, now), practiced: state.practiced }
}

/** @param {State} state @param {number} now @returns {State} */
function counted(state, now) {
  return over_with(state, state.value, state.capped ? "counted" : state.ended_by ?? "tired", now)
}

/** Note a try that counts, and see whether there is another. @returns {State} */
function over_with(/** @type {State} */ state, /** @type {number} */ value, /** @type {string} */ by, /** @type {number} */ now) {
  const capped = by === "cap"
  const tries = [...state.tries, { value, capped, ended_by: by }]
  const noted = { ...state, tries, capped, ended_by: by, rest_from: now }
  return capped || tries.length >= state.plan.tries ? finish(noted, by, now) : between(noted, now)
}

/** @param {State} state @param {number} now @returns {State} */
function between(state, now) {
  return { ...calmed(state, "between", now), rest_from: now }
}

/** @param {State} state @param {string|null} by @param {number} now @returns {State} */
function finish(state, by, now) {
  return { ...state, phase: "over", since: now, ended_by: by, rest_from: now, closed: true }
}

/** Back to the start button after a practice, or after a try that does not count. @returns {State} */
function rested(/** @type {State} */ state, /** @type {number} */ now) {
  return { ...calmed(state, "ready", now), practice: false, practiced: state.practiced || state.practice }
}

/** @param {State} state @param {Phase} phase @param {number} now @returns {State} */
function calmed(state, phase, now) {
  return { ...state, phase, since: now, calm_until: now + CALM_MS }
}

/** The try that counts by the protocol's rule, or null. @param {State} state @returns {Try|null} */
export function counting_try(state) {
  const { tries, plan } = state
  if (!tries.length) return null
  if (!plan.best_of) return tries[tries.length - 1]
  const better = (/** @type {Try} */ a, /** @type {Try} */ b) => (plan.higher ? b.value > a.value : b.value < a.value)
  return tries.reduce((best, each) => (better(best, each) ? each : best))
}

/**
 * What is handed over, once, when the side is over.
 * @param {State} state
 * @returns {{id: string, test: string, side: string|null, value: number|null, capped: boolean,
 *   ended_by: string, tries: number[], form: string, fresh: string|null}|null}
 */
export function report(state) {
  if (state.phase !== "over") return null
  const stopped = ENDS.includes(state.ended_by ?? "")
  const best = stopped ? null : counting_try(state)
  return {
    id: `${key(state.plan)}:${Math.round(state.first ?? state.since)}`,
    test: state.plan.test,
    side: state.plan.side,
    value: best ? best.value : null,
    capped: best ? best.capped : false,
    ended_by: best ? best.ended_by : state.ended_by ?? "other",
    tries: stopped ? [] : state.tries.map((each) => each.value),
    form: state.plan.form,
    fresh: state.fresh,
  }
}

/** `who` sets the runs of an invented person apart. @param {{test: string, side: string|null, who?: string}} of @returns {string} */
export function key(of) {
  return `${of.who ?? ""}${of.test}:${of.side ?? "both"}`
}

/**
 * What to say, sound, flash and announce when one state follows another.
 * Words are keys of the page's wording; `n` is a whole number of seconds.
 * @param {State} before
 * @param {State} after
 * @returns {{voice?: string, n?: number, tone?: "low"|"high"|"end", flash?: boolean, buzz?: number[], status?: string}[]}
 */
export function cues(before, after) {
  if (before.phase !== after.phase) return PHASE_CUES[after.phase]?.(before, after) ?? []
  if (after.phase === "going") return second_cues(before, after)
  if (after.phase === "lead") return lead_cues(before, after)
  return []
}

/** @type {Record<string, (before: State, after: State) => ReturnType<typeof cues>>} */
const PHASE_CUES = {
  lead: (_, after) => (after.lead_ms > 3000 ? [{ voice: "get_set", status: "get_set" }] : [{ voice: "n", n: 3, tone: "low", status: "get_set" }]),
  going: () => [{ voice: "go", tone: "high", flash: true, buzz: [200], status: "go" }],
  why: () => [{ tone: "end", buzz: [80], status: "stopped" }],
  confirm: () => END,
  unsure: () => END,
  between: (before) => (before.phase === "going" ? END : [{ status: "between" }]),
  ready: (before) => (before.phase === "going" ? END : [{ status: "ready" }]),
  over: (before) => (before.phase === "going" ? END : [{ status: "over" }]),
}
const END = [{ voice: "time", tone: /** @type {const} */ ("end"), flash: true, buzz: [200, 100, 200], status: "time" }]

/** @param {State} before @param {State} after @returns {ReturnType<typeof cues>} */
function lead_cues(before, after) {
  const left = (/** @type {State} */ s) => Math.ceil((s.since + s.lead_ms - s.seen) / 1000)
  const n = left(after)
  return n < left(before) && n >= 1 && n <= 3 ? [{ voice: "n", n, tone: "low" }] : []
}

/** @param {State} before @param {State} after @returns {ReturnType<typeof cues>} */
function second_cues(before, after) {
  if (after.taps.length > before.taps.length) return [{ tone: "low", buzz: [30] }]
  const down = after.plan.mode === "count"
  const tens = (/** @type {State} */ s) => Math.floor(Math.max(0, s.seen - s.since) / 10000)
  if (tens(after) <= tens(before)) return []
  const n = down ? Math.round(length(after) / 1000) - 10 * tens(after) : 10 * tens(after)
  return n > 0 ? [{ voice: down ? "left" : "n", n, flash: true }] : []
}
