// Which spots show as ticked, and what is still to be told. Pure: no page.

/**
 * Return the spots that show as ticked: those the visit holds, with the taps it has not heard of yet.
 * @param {string[]} ticked what the visit holds
 * @param {Record<string, boolean>} taps newer taps by spot: true for on
 * @param {string} none the id of "no pain": it stands alone
 * @returns {Set<string>}
 */
export function shown(ticked, taps, none) {
  const now = new Set(ticked)
  for (const [spot, on] of Object.entries(taps)) {
    if (on) now.add(spot)
    else now.delete(spot)
  }
  if (Object.values(taps).includes(true)) now.delete(none)
  return now
}

/**
 * Return the taps after one more.
 * @param {string[]} ticked what the visit holds
 * @param {Record<string, boolean>} taps
 * @param {string} spot the one tapped
 * @param {string} none
 * @returns {Record<string, boolean>}
 */
export function tapped(ticked, taps, spot, none) {
  return { ...taps, [spot]: !shown(ticked, taps, none).has(spot) }
}
