/**
 * One clock for the runner: monotonic while the page lives, anchored to the wall so that a reload goes on.
 *
 * `performance.now()` alone starts at nought on every reload and may stand still while a phone sleeps;
 * the wall clock alone may be set while somebody is holding. So the wall is read only when a page loads,
 * before a start, and when the page comes back after a sleep that left the two more than SLEPT_MS apart.
 */

/** The wall has to be this far ahead before we believe that the device slept. */
export const SLEPT_MS = 1500

/**
 * @param {() => number} perf milliseconds since the page was loaded, never going back
 * @param {() => number} wall milliseconds since 1970
 */
export function clock(perf, wall) {
  let anchor = wall() - perf()
  return {
    /** @returns {number} ms */
    now: () => anchor + perf(),
    /** When a browser event happened. @param {number} stamp its timeStamp @returns {number} ms */
    at: (stamp) => anchor + Math.min(stamp, perf()),
    /** Before a start nothing is being timed: take the wall as it is. */
    set: () => { anchor = wall() - perf() },
    /** The page is seen again: catch up with the wall if the device slept. */
    woke: () => {
      const behind = wall() - (anchor + perf())
      if (behind > SLEPT_MS) anchor += behind
    },
  }
}
