import assert from "node:assert/strict"
import test from "node:test"
import { MOVE_MS, REST_MS, frameAt, placeAt, transform } from "../../src/screening/views/components/drawing/motion.mjs"

const LEG = REST_MS + MOVE_MS

test("the person rests at the start, then at every position, then comes back the same way", () => {
  const stops = [0, 12, 24]
  assert.equal(frameAt(stops, 0), 0)
  assert.equal(frameAt(stops, REST_MS), 0)
  assert.equal(frameAt(stops, LEG), 12)
  assert.equal(frameAt(stops, 2 * LEG), 24)
  assert.equal(frameAt(stops, 3 * LEG), 12)
  assert.equal(frameAt(stops, 4 * LEG), 0)
})

test("two positions go to and fro", () => {
  assert.equal(frameAt([0, 12], LEG), 12)
  assert.equal(frameAt([0, 12], 2 * LEG), 0)
})

test("frames never leave the drawing and never jump", () => {
  let before = 0
  for (let t = 0; t < 9 * LEG; t += 16) {
    const now = frameAt([0, 12, 24], t)
    assert.ok(now >= 0 && now <= 24)
    assert.ok(Math.abs(now - before) < 0.5)
    before = now
  }
})

test("a single position stands still", () => {
  assert.equal(frameAt([0], 12345), 0)
})

test("between two frames a part is in between", () => {
  const places = [[0, 0, 0, 1], [10, 20, 30, 0.5]]
  assert.deepEqual(placeAt(places, 0.5), [5, 10, 15, 0.75])
  assert.deepEqual(placeAt(places, 1), [10, 20, 30, 0.5])
  assert.deepEqual(placeAt(places, 7), [10, 20, 30, 0.5])
})

test("a negative stretch mirrors", () => {
  assert.equal(transform([1, 2, 3, -0.5]), "translate(1.00 2.00) rotate(3.00) scale(-1 0.500)")
})
