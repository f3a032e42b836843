// Handing a text on: copied, shared, said in the time of this device.

import assert from "node:assert/strict"
import test from "node:test"

import { canShare, copied, moment, shareLink } from "../../src/screening/views/components/to_copy/hand_on.mjs"

test("a text is copied the new way, and nothing is marked", async () => {
  const seen = []
  const device = { navigator: { clipboard: { writeText: async (text) => seen.push(text) } } }

  assert.equal(await copied("https://x", () => seen.push("marked"), device), true)
  assert.deepEqual(seen, ["https://x"])
})

test("where the browser forbids it, the text is marked and copied the old way, or it says that it was not", async () => {
  for (const works of [true, false]) {
    const seen = []
    const document = { execCommand: (what) => (seen.push(what), works) }

    assert.equal(await copied("https://x", () => seen.push("marked"), { navigator: {}, document }), works)
    assert.deepEqual(seen, ["marked", "copy"])
  }
})

test("the share sheet is offered only where there is one that takes a link", () => {
  const share = () => {}
  assert.equal(canShare("https://x", {}), false)
  assert.equal(canShare("https://x", { share }), true)
  assert.equal(canShare("https://x", { share, canShare: ({ url }) => url === "https://x" }), true)
  assert.equal(canShare("https://x", { share, canShare: () => false }), false)
})

test("the sheet gets the words and the link; closing it again is no error", async () => {
  const seen = []
  const navigator = { share: async (it) => seen.push(it) }

  assert.equal(await shareLink({ subject: "S", text: "T", message: "no" }, "https://x", navigator), true)
  assert.deepEqual(seen, [{ title: "S", text: "T", url: "https://x" }])
  assert.equal(await shareLink({}, "https://x", { share: () => Promise.reject(new Error("AbortError")) }), false)
})

test("an end is told as people here write a day, in the time of this device", () => {
  const noon = Date.UTC(2026, 10, 29, 12) / 1000

  assert.match(moment(noon, "en", "America/New_York"), /^Sunday, November 29, 2026 at 7:00.AM$/)
  assert.match(moment(noon, "en", "Asia/Tokyo"), /9:00.PM$/)
})
