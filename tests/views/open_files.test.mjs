// Opening files: their first bytes, each as it is, and no more of them than asked for.

import assert from "node:assert/strict"
import test from "node:test"

import { all, start } from "../../src/screening/views/components/open_files/read.mjs"

const decoded = (text) => new Uint8Array(Buffer.from(text, "base64"))

test("every byte arrives as it is, across the pieces it is read in", async () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, each) => each % 256)

  assert.deepEqual(decoded(await start(new Blob([bytes]), 100_000)), bytes)
})

test("of a big file only the start is read: enough to see that it is too big", async () => {
  const sent = await start(new Blob([new Uint8Array(5_000_000)]), 65_537)

  assert.equal(decoded(sent).length, 65_537)
})

test("a whole folder is not read", async () => {
  const files = Array.from({ length: 40 }, (_, each) => new Blob([`${each}`]))

  const sent = await all(files, 10, 10)

  assert.deepEqual(sent.map((each) => Buffer.from(each, "base64").toString()), "0123456789".split(""))
})

test("a file that went away is an empty one, and the others arrive", async () => {
  const gone = { slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) }

  assert.deepEqual(await all([gone, new Blob(["a"])], 10, 10), ["", "YQ=="])
})
