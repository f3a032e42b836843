// What is kept, and for how long: pure functions, so that they can be tried without a browser.

export const PREFIX = "screening:"
export const KEY = `${PREFIX}draft`
export const DAY_MS = 24 * 60 * 60 * 1000

const NOTHING = { doc: null, at: null, device: false, from: null }

/** Read a stored record; anything that is not one of ours counts as nothing. */
function record(text) {
  try {
    const found = JSON.parse(text)
    return found !== null && typeof found === "object" && typeof found.doc === "string" ? found : null
  } catch {
    return null
  }
}

/**
 * Say what was kept: the tab's own draft first, else the device's if its day is not over.
 *
 * @param {?string} tab what the tab's store holds
 * @param {?string} device what the device's store holds
 * @param {number} now milliseconds
 */
export function kept(tab, device, now) {
  const mine = record(tab)
  if (mine) return { doc: mine.doc, at: mine.at ?? null, device: mine.device === true, from: "tab" }
  const shared = record(device)
  const lives = shared && typeof shared.until === "number" && shared.until > now && shared.until <= now + DAY_MS
  return lives ? { doc: shared.doc, at: shared.at ?? null, device: true, from: "device" } : NOTHING
}

/**
 * Say what to do with the two stores: a text to keep, null to remove, undefined to leave alone.
 *
 * A device's draft that was offered and not yet answered is left alone.
 *
 * @param {{heard: boolean, doc: ?string, at: object, where: "tab"|"device"|"undecided"}} data
 * @param {number} now milliseconds
 */
export function toStore(data, now) {
  if (!data.heard) return { tab: undefined, device: undefined }
  const { doc, at, where } = data
  const tab = doc === null ? null : JSON.stringify({ doc, at, device: where === "device" })
  if (where === "undecided") return { tab, device: undefined }
  if (where === "tab" || doc === null) return { tab, device: null }
  return { tab, device: JSON.stringify({ doc, at, until: now + DAY_MS }) }
}

const SILENT = new Set(["Tab", "Shift", "Control", "Alt", "Meta", "Escape", "CapsLock"])

/** Say whether a key press may have answered something. */
export function answers(key) {
  return !SILENT.has(key)
}
