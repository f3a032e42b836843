import assert from "node:assert/strict"
import test from "node:test"
import { shown, tapped } from "../../src/screening/views/components/body_map/ticks.mjs"

const on = (ticked, taps) => [...shown(ticked, taps, "none")].sort()

test("a tap ticks at once, before the visit has heard of it", () => {
  assert.deepEqual(on([], tapped([], {}, "knee", "none")), ["knee"])
})

test("a second tap takes it back", () => {
  const taps = tapped([], tapped([], {}, "knee", "none"), "knee", "none")
  assert.deepEqual(on([], taps), [])
})

test("a spot that the visit holds can be taken back", () => {
  assert.deepEqual(on(["knee", "hip"], tapped(["knee", "hip"], {}, "knee", "none")), ["hip"])
})

test("a spot ends no pain", () => {
  assert.deepEqual(on(["none"], tapped(["none"], {}, "knee", "none")), ["knee"])
})

test("what the list changes meanwhile stays changed", () => {
  const taps = tapped([], {}, "knee", "none")
  assert.deepEqual(on(["hip"], taps), ["hip", "knee"])
})
