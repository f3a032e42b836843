// When to count down and when to start over: a pure function of two times, so that it can be tried in Node.

/**
 * Say how a shared tablet is doing.
 *
 * @param {{armed: boolean, idle_s: number, warn_s: number}} data
 * @param {number} touched when it was touched last, ms
 * @param {number} now ms
 * @returns {{state: "quiet"|"warning"|"over", left_s: number}} left_s: whole seconds until all is forgotten
 */
export function watch({ armed, idle_s, warn_s }, touched, now) {
  const left = touched + (idle_s + warn_s) * 1000 - now
  if (!armed) return { state: "quiet", left_s: idle_s + warn_s }
  if (left <= 0) return { state: "over", left_s: 0 }
  const left_s = Math.ceil(left / 1000)
  return { state: left_s <= warn_s ? "warning" : "quiet", left_s }
}

/** Where the next person starts: the first page, and only what keeps this a shared tablet. */
export function firstPage(search) {
  const along = new URLSearchParams()
  for (const [name, value] of new URLSearchParams(search)) {
    if (name === "kiosk" || name === "lang") along.set(name, value)
  }
  return `/${along.size ? `?${along}` : ""}`
}
