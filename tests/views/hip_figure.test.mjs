// The pure parts of the moving figure and of the chains.
import assert from "node:assert/strict"
import { test } from "node:test"
import { bars, thickness } from "../../src/screening/views/components/chain/certainty.mjs"
import { bone, change, coping, inPelvis } from "../../src/screening/views/components/hip_figure/states.mjs"

test("a part is laid from joint to joint, stretched to reach", () => {
  const [x, y, angle, stretch] = bone([0, 0.8], [0, 0.4], 20)
  assert.deepEqual([x, y, angle], [0, -80, -0])
  assert.ok(Math.abs(stretch - 2) < 1e-9)
})

test("a point of the pelvis drops with the swing side", () => {
  const level = { hip: [-0.08, 0.8], swing_hip: [0.08, 0.8] }
  const [, y] = inPelvis(level, 10, 10, 0)
  assert.ok(y < 0.8)
})

test("a change is told in per cent, and nothing as the same", () => {
  const words = { unchanged: "the same" }
  assert.equal(change(1.002, words), "the same")
  assert.equal(change(1.12, words), "+12 %")
  assert.equal(change(0.9, words), "−10 %")
})

test("the slider of making up has a name at both ends and between", () => {
  assert.deepEqual([0, 5, 50, 95, 100].map(coping), ["drop_end", "mostly_drop", "both", "mostly_lean", "lean_end"])
})

test("the surer, the thicker and the more bars; where studies disagree there are none", () => {
  const order = ["very_low", "low", "moderate", "high"]
  assert.deepEqual(order.map(bars), [1, 2, 3, 4])
  order.slice(1).forEach((each, n) => assert.ok(thickness(each) > thickness(order[n])))
  assert.equal(bars("contested"), null)
})
