// A shared tablet's countdown: quiet while somebody is there, a warning in good time, and then over.

import assert from "node:assert/strict"
import test from "node:test"

import { firstPage, watch } from "../../src/screening/views/components/kiosk/idle.mjs"

const DATA = { armed: true, idle_s: 120, warn_s: 30 }

for (const [after_ms, state, left_s] of [
  [0, "quiet", 150],
  [119_000, "quiet", 31],
  [119_999, "quiet", 31],
  [120_000, "warning", 30],
  [120_001, "warning", 30],
  [149_000, "warning", 1],
  [149_999, "warning", 1],
  [150_000, "over", 0],
  [9_000_000, "over", 0],
]) {
  test(`${after_ms} ms after the last touch: ${state}, ${left_s} s left`, () => {
    assert.deepEqual(watch(DATA, 5000, 5000 + after_ms), { state, left_s })
  })
}

test("nobody is asked where there is nothing to forget", () => {
  assert.equal(watch({ ...DATA, armed: false }, 0, 9_000_000).state, "quiet")
})

for (const [search, page] of [
  ["", "/"],
  ["?kiosk=1", "/?kiosk=1"],
  ["?lang=es&kiosk=1&example=x", "/?lang=es&kiosk=1"],
  ["?other=1", "/"],
]) {
  test(`the next person starts at ${page}, from "${search}"`, () => {
    assert.equal(firstPage(search), page)
  })
}
