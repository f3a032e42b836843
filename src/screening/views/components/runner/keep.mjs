/**
 * What the runner remembers in this browser. Every call may fail (private mode, full): then memory serves.
 * All keys begin with "screening:", so that "Start over" finds them.
 */

const RUNS = "screening:runner"
const SWITCHES = { mute: "screening:mute", still: "screening:still" }
/** @type {Map<string, string>} */
const memory = new Map()
let stored = true

/** On a shared tablet nothing goes into the browser's stores. @param {boolean} may */
export function may_store(may) {
  stored = may
}

/** @param {() => Storage} store @param {string} key @returns {string|null} */
function get(store, key) {
  if (!stored) return memory.get(key) ?? null
  try {
    return store().getItem(key)
  } catch {
    return memory.get(key) ?? null
  }
}

/** @param {() => Storage} store @param {string} key @param {string} text */
function put(store, key, text) {
  if (!stored) return void memory.set(key, text)
  try {
    store().setItem(key, text)
  } catch {
    memory.set(key, text)
  }
}

/**
 * @typedef {{runs: Record<string, import("./step.mjs").State>, rest_from: number|null}} Kept
 * @returns {Kept} every run of this tab that Python has not taken yet, by test and side
 */
export function kept() {
  const nothing = { runs: {}, rest_from: null }
  try {
    const found = JSON.parse(get(() => sessionStorage, RUNS) ?? "null")
    return found && typeof found.runs === "object" ? found : nothing
  } catch {
    return nothing
  }
}

/** @param {Kept} all */
export function keep(all) {
  put(() => sessionStorage, RUNS, JSON.stringify(all))
}

/** @param {"mute"|"still"} name @param {boolean} unless what holds while nobody chose @returns {boolean} */
export function chosen(name, unless) {
  const found = get(() => localStorage, SWITCHES[name])
  return found === null ? unless : found === "yes"
}

/** @param {"mute"|"still"} name @param {boolean} value */
export function choose(name, value) {
  put(() => localStorage, SWITCHES[name], value ? "yes" : "no")
}
