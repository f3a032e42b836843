// "Save my answers": the file is made in the browser, whole, and leaves no address behind.

import assert from "node:assert/strict"
import test, { mock } from "node:test"

import { arrived, file, handOver, isHere } from "../../src/screening/views/components/save_file/save.mjs"

test("the file holds the text letter by letter, with its type", async () => {
  const text = '{\n "schema": "hip-self-check/1",\n "name": "Zoë ✓"\n}\n'

  const made = file({ text, type: "application/json" })

  assert.equal(await made.text(), text)
  assert.equal(made.type, "application/json;charset=utf-8")
})

test("bytes arrive each as they are, with their own type", async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, each) => each)

  const made = file({ base64: Buffer.from(bytes).toString("base64"), type: "application/pdf" })

  assert.deepEqual(new Uint8Array(await made.arrayBuffer()), bytes)
  assert.equal(made.type, "application/pdf")
})

test("the browser is handed the file under its name, from an address that is forgotten", () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  const steps = []
  const link = { click: () => steps.push(`click ${link.download} ${link.href}`), remove: () => steps.push("remove") }
  const page = { createElement: () => link, body: { append: () => steps.push("append") } }
  const urls = { createObjectURL: () => "blob:1", revokeObjectURL: (address) => steps.push(`forget ${address}`) }

  handOver(new Blob(["x"]), "hip-check.json", page, urls)

  assert.deepEqual(steps, ["append", "click hip-check.json blob:1", "remove"])
  mock.timers.tick(10_000)
  assert.equal(steps.at(-1), "forget blob:1")
  mock.timers.reset()
})

test("a file is here with its text or its bytes, also empty ones, and not before", () => {
  assert.deepEqual([{ text: "" }, { base64: "" }, { what: "pdf" }].map(isHere), [true, true, false])
})

test("only the press that waits gets its file, once it is here", () => {
  const files = [{ what: "pdf", id: "b", base64: "x" }, { what: "csv" }]

  assert.equal(arrived(files, null), undefined)
  assert.equal(arrived(files, "a"), undefined)
  assert.equal(arrived([{ what: "pdf", id: "b" }], "b"), undefined)
  assert.equal(arrived(files, "b"), files[0])
})
