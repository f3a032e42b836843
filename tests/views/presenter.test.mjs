// Keys of the presenter view: what clickers and keyboards send, and what stays with a slider.

import assert from "node:assert/strict"
import test from "node:test"

import { turn } from "../../src/screening/views/components/presenter/keys.mjs"

for (const [key, wish] of [
  ["ArrowRight", "next"],
  ["ArrowDown", "next"],
  ["PageDown", "next"],
  ["ArrowLeft", "back"],
  ["ArrowUp", "back"],
  ["PageUp", "back"],
  ["Escape", "close"],
  ["Enter", null],
  [" ", null],
  ["Tab", null],
  ["a", null],
  ["constructor", null],
]) {
  test(`${key}: ${wish}`, () => assert.equal(turn({ key }, false), wish))
}

test("a slider keeps its arrows, a clicker goes on all the same", () => {
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) assert.equal(turn({ key }, true), null)
  assert.equal(turn({ key: "PageDown" }, true), "next")
  assert.equal(turn({ key: "Escape" }, true), "close")
})

test("a key held down, or pressed with another one, turns nothing", () => {
  for (const more of ["repeat", "ctrlKey", "altKey", "metaKey"]) {
    assert.equal(turn({ key: "PageDown", [more]: true }, false), null)
  }
})
