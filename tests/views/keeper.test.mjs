// What the draft keeper keeps, for how long, and which key presses may be answers.

import assert from "node:assert/strict"
import { test } from "node:test"

import { DAY_MS, answers, kept, toStore } from "../../src/screening/views/components/draft_keeper/kept.mjs"

const NOW = 1_000_000_000_000
const AT = { page: "pain", step: "how_bad", open: true }
const NOTHING = { doc: null, at: null, device: false, from: null }

const device = (until, doc = "device doc") => JSON.stringify({ doc, at: AT, until })

test("the tab's own draft comes before the device's", () => {
  const tab = JSON.stringify({ doc: "tab doc", at: AT, device: false })

  assert.deepEqual(kept(tab, device(NOW + 1), NOW), { doc: "tab doc", at: AT, device: false, from: "tab" })
})

test("a device's draft lives to the end of its day and not a millisecond longer", () => {
  assert.equal(kept(null, device(NOW + 1), NOW).from, "device")
  assert.deepEqual(kept(null, device(NOW), NOW), NOTHING)
  assert.deepEqual(kept(null, device(NOW - 1), NOW), NOTHING)
})

test("an end that lies further off than a day was not written by us", () => {
  assert.equal(kept(null, device(NOW + DAY_MS), NOW).from, "device")
  assert.deepEqual(kept(null, device(NOW + DAY_MS + 1), NOW), NOTHING)
})

for (const broken of [null, "", "not json", "null", "7", "[]", '{"doc":7}', '{"until":9e15}']) {
  test(`broken record counts as nothing: ${broken}`, () => {
    assert.deepEqual(kept(broken, broken, NOW), NOTHING)
  })
}

const say = (more) => ({ heard: true, doc: "doc", at: AT, where: "tab", ...more })

test("nothing is stored before the session was told what is kept", () => {
  for (const where of ["tab", "device", "undecided"]) {
    assert.deepEqual(toStore(say({ heard: false, where }), NOW), { tab: undefined, device: undefined })
  }
})

test("the tab keeps the draft always, the device only when chosen", () => {
  const chosen = toStore(say({ where: "device" }), NOW)
  const not = toStore(say({ where: "tab" }), NOW)

  assert.deepEqual(JSON.parse(chosen.device), { doc: "doc", at: AT, until: NOW + DAY_MS })
  assert.equal(JSON.parse(chosen.tab).device, true)
  assert.equal(not.device, null)
  assert.deepEqual(JSON.parse(not.tab), { doc: "doc", at: AT, device: false })
})

test("a device's draft that was offered and not answered is left alone", () => {
  assert.equal(toStore(say({ where: "undecided" }), NOW).device, undefined)
  assert.equal(toStore(say({ where: "undecided", doc: null }), NOW).device, undefined)
})

test("without answers nothing is kept anywhere", () => {
  for (const where of ["tab", "device"]) {
    assert.deepEqual(toStore(say({ doc: null, where }), NOW), { tab: null, device: null })
  }
})

test("what was stored is what is found", () => {
  const { tab, device: onDevice } = toStore(say({ where: "device" }), NOW)

  assert.deepEqual(kept(tab, null, NOW), { doc: "doc", at: AT, device: true, from: "tab" })
  assert.deepEqual(kept(null, onDevice, NOW), { doc: "doc", at: AT, device: true, from: "device" })
})

test("moving about answers nothing", () => {
  for (const key of ["Tab", "Shift", "Escape", "Control", "Alt", "Meta", "CapsLock"]) {
    assert.equal(answers(key), false)
  }
  for (const key of [" ", "Enter", "ArrowDown", "6", "Backspace", "Unidentified"]) {
    assert.equal(answers(key), true)
  }
})
