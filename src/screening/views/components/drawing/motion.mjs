// When each position is shown, and where a part is between two frames. Pure: no page, no clock.

/** How long each position rests, and how long a move to the next takes, in milliseconds. */
export const REST_MS = 1400
export const MOVE_MS = 1800

/**
 * Return the frame (a fraction between two frames is meant) at a time. The motion goes from the first
 * position to the last and back the same way, for ever.
 * @param {number[]} stops frame index of every position, rising
 * @param {number} timeMs milliseconds since the start
 * @returns {number}
 */
export function frameAt(stops, timeMs) {
  if (stops.length < 2) return stops[0] ?? 0
  const round = [...stops, ...stops.slice(1, -1).reverse()]
  const leg = REST_MS + MOVE_MS
  const inRound = ((timeMs % (leg * round.length)) + leg * round.length) % (leg * round.length)
  const at = Math.floor(inRound / leg)
  const from = round[at]
  const to = round[(at + 1) % round.length]
  const moved = Math.max(0, inRound - at * leg - REST_MS) / MOVE_MS
  const eased = moved * moved * (3 - 2 * moved)
  return from + (to - from) * eased
}

/**
 * Return the place of a part at a frame: x, y, angle, stretch.
 * @param {number[][]} places one place per frame
 * @param {number} frame
 * @returns {number[]}
 */
export function placeAt(places, frame) {
  const low = Math.max(0, Math.min(places.length - 1, Math.floor(frame)))
  const high = Math.min(places.length - 1, low + 1)
  const share = Math.max(0, Math.min(1, frame - low))
  return places[low].map((value, i) => value + (places[high][i] - value) * share)
}

/**
 * Return the SVG transform of a place. A negative stretch mirrors the outline across its own line.
 * @param {number[]} place
 * @returns {string}
 */
export function transform([x, y, angle, stretch]) {
  const across = stretch < 0 ? -1 : 1
  return `translate(${x.toFixed(2)} ${y.toFixed(2)}) rotate(${angle.toFixed(2)}) scale(${across} ${Math.abs(stretch).toFixed(3)})`
}
