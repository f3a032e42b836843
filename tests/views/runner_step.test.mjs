/**
 * The runner's state machine, its clock, and what it remembers. Run by `node --test`; pytest calls it.
 */

import assert from "node:assert/strict"
import { describe, it } from "node:test"

const FOLDER = "../../src/screening/views/components/runner/"
const { BOUNCE_MS, CALM_MS, GAP_MS, PRACTICE_S, begin, counting_try, cues, elapsed, key, length, report, rest_left, step, tenths } =
  await import(`${FOLDER}step.mjs`)
const { SLEPT_MS, clock } = await import(`${FOLDER}clock.mjs`)

const HOLD = { test: "sls", side: "left", mode: "hold", seconds: 45, tries: 3, best_of: true, higher: true, stages: 0, rest_s: 30, form: "standard" }
const ONCE = { ...HOLD, test: "bridge", seconds: 60, tries: 1 }
const COUNT = { ...HOLD, test: "cst30", side: null, mode: "count", seconds: 30, tries: 1 }
const TIME = { ...HOLD, test: "cst5", side: null, mode: "time", seconds: 60, tries: 1, higher: false }
const STAGES = { ...HOLD, test: "bal4", side: null, mode: "stages", seconds: 10, tries: 1, stages: 4 }
const PLANS = [HOLD, ONCE, COUNT, TIME, STAGES]

/** Walk through [ms from the last one, event type, more] and return every state on the way. */
function walk(plan, events, at = 1_000_000, from = begin(plan, at)) {
  const states = [from]
  for (const [ms, type, more] of events) {
    at += ms
    states.push(step(states.at(-1), { type, ...more }, at))
  }
  return states
}
const last = (...args) => walk(...args).at(-1)
const START = [0, "start", { lead_s: 3 }]
const GO = [3000, "tick"]
/** Ticks every 100 ms, as in a page that is seen. */
const ticks = (ms) => Array.from({ length: ms / 100 }, () => [100, "tick"])
const calm = [CALM_MS, "tick"]

describe("a hold", () => {
  it("counts three seconds down and then starts by itself", () => {
    assert.equal(last(ONCE, [START, [2999, "tick"]]).phase, "lead")
    assert.equal(last(ONCE, [START, GO]).phase, "going")
  })

  it("gives time to lie down when that was chosen", () => {
    assert.equal(last(ONCE, [[0, "start", { lead_s: 10 }], [9900, "tick"]]).phase, "lead")
  })

  it("is measured from Go, however late the page noticed", () => {
    const state = last(ONCE, [START, [3400, "tick"], [1000, "stop"]])
    assert.equal(state.elapsed_ms, 1400)
  })

  it("is handed over in tenths, never rounded up", () => {
    assert.equal(tenths(22_499), 22.4)
    assert.equal(tenths(99), 0)
    const state = last(ONCE, [START, GO, [22_499, "stop"], calm, [0, "why", { reason: "tired" }]])
    assert.deepEqual(report(state), {
      id: "bridge:left:1000000", test: "bridge", side: "left", value: 22.4, capped: false, ended_by: "tired", tries: [22.4],
      form: "standard", fresh: null,
    })
  })

  it("ends at the cap, exactly, even when the page looks late", () => {
    const state = last(ONCE, [START, GO, ...ticks(59_900), [340, "tick"]])
    assert.equal(report(state).value, 60)
    assert.equal(report(state).capped, true)
    assert.equal(report(state).ended_by, "cap")
  })

  it("is not capped a millisecond before the cap", () => {
    const state = last(ONCE, [START, GO, ...ticks(59_900), [99, "stop"], calm, [0, "why", { reason: "form" }]])
    assert.deepEqual([report(state).value, report(state).capped], [59.9, false])
  })

  it("is capped when the finger comes down in the very moment the time is up", () => {
    const state = last(ONCE, [START, GO, ...ticks(59_900), [100, "stop"]])
    assert.deepEqual([state.phase, report(state).value], ["over", 60])
  })

  it("ends when the finger came down, not when the page got round to it", () => {
    assert.equal(last(ONCE, [START, GO, [9000, "tick"], [-300, "stop"]]).elapsed_ms, 8700)
  })

  it("may be called off before it starts, and nothing is noted", () => {
    const state = last(ONCE, [START, [1500, "stop"]])
    assert.deepEqual([state.phase, state.tries], ["ready", []])
  })

  it("hears a second, nervous tap on STOP as nothing", () => {
    const states = walk(ONCE, [START, GO, [5000, "stop"], [120, "stop"], [120, "why", { reason: "pain" }]])
    assert.equal(states.at(-1).phase, "why")
    assert.equal(states.at(-1).elapsed_ms, 5000)
  })

  it("can be done again when STOP was touched by mistake", () => {
    const state = last(ONCE, [START, GO, [5000, "stop"], calm, [0, "back"]])
    assert.deepEqual([state.phase, state.tries], ["ready", []])
  })
})

describe("how a try ends", () => {
  for (const [reason, value] of [["tired", 5], ["form", 5], ["shoulder", 5], ["back", 5], ["pain", null], ["unwell", null]]) {
    it(`${reason}: ${value === null ? "no value, and this side is over" : "the value counts"}`, () => {
      const done = report(last(ONCE, [START, GO, [5000, "stop"], calm, [0, "why", { reason }]]))
      assert.deepEqual([done.ended_by, done.value, done.tries], [reason, value, value === null ? [] : [value]])
    })
  }

  it("a disturbed try does not count, and may be done again", () => {
    const states = walk(ONCE, [START, GO, [5000, "stop"], calm, [0, "why", { reason: "other" }], calm, START, GO, [9000, "stop"], calm,
      [0, "why", { reason: "tired" }]])
    assert.deepEqual(report(states.at(-1)).tries, [9])
  })

  it("a disturbed try and no other: stopped, without a value", () => {
    const done = report(last(ONCE, [START, GO, [5000, "stop"], calm, [0, "why", { reason: "other" }], calm, [0, "enough"]]))
    assert.deepEqual([done.ended_by, done.value, done.tries], ["other", null, []])
  })

  it("pain in a later try leaves no value of an earlier one", () => {
    const try1 = [START, GO, [9000, "stop"], calm, [0, "why", { reason: "tired" }], calm]
    const done = report(last(HOLD, [...try1, START, GO, [4000, "stop"], calm, [0, "why", { reason: "pain" }]]))
    assert.deepEqual([done.ended_by, done.value, done.tries], ["pain", null, []])
  })
})

describe("several tries", () => {
  const one = (ms) => [START, GO, [ms, "stop"], calm, [0, "why", { reason: "tired" }], calm]

  it("the best one counts, and the third is the last", () => {
    const done = report(last(HOLD, [...one(20_100), ...one(22_400), ...one(18_000)]))
    assert.deepEqual([done.value, done.tries], [22.4, [20.1, 22.4, 18]])
  })

  it("a full one ends them", () => {
    const done = report(last(HOLD, [...one(31_200), START, GO, ...ticks(45_000)]))
    assert.deepEqual([done.value, done.capped, done.tries], [45, true, [31.2, 45]])
  })

  it("enough is enough", () => {
    assert.deepEqual(report(last(HOLD, [...one(31_200), [0, "enough"]])).tries, [31.2])
  })

  it("where less is better the lowest counts, and else the last", () => {
    const tries = [12, 9, 11].map((value) => ({ value, capped: false, ended_by: "finished" }))
    assert.equal(counting_try({ ...begin({ ...TIME, best_of: true }, 0), tries }).value, 9)
    assert.equal(counting_try({ ...begin({ ...TIME, best_of: false }, 0), tries }).value, 11)
    assert.equal(counting_try(begin(HOLD, 0)), null)
  })

  it("rest is counted down between them and never below nought", () => {
    const state = last(HOLD, [START, GO, [5000, "stop"], calm, [0, "why", { reason: "tired" }]])
    assert.equal(rest_left(state, state.rest_from), 30_000)
    assert.equal(rest_left(state, state.rest_from + 12_000), 18_000)
    assert.equal(rest_left(state, state.rest_from + 90_000), 0)
    assert.equal(rest_left(state, state.rest_from - 5000), 30_000)
    assert.equal(rest_left(begin(HOLD, 0), 0), 0)
  })
})

describe("a practice", () => {
  it("leaves nothing behind", () => {
    const state = last(ONCE, [[0, "start", { lead_s: 3, practice: true }], GO, [2000, "stop"]])
    assert.deepEqual([state.phase, state.practiced, state.tries, report(state)], ["ready", true, [], null])
  })

  it("ends by itself", () => {
    const state = last(ONCE, [[0, "start", { lead_s: 3, practice: true }], GO, [1000 * PRACTICE_S.hold, "tick"]])
    assert.deepEqual([state.phase, state.tries], ["ready", []])
  })

  it("is still no result after the page was away", () => {
    const state = last(ONCE, [[0, "start", { lead_s: 3, practice: true }], [600_000, "tick"]])
    assert.deepEqual([state.phase, state.tries], ["ready", []])
  })
})

describe("a count", () => {
  const taps = (n) => Array.from({ length: n }, () => [1500, "tap"])

  it("counts taps for 30 seconds and asks if the number is right", () => {
    const state = last(COUNT, [START, GO, ...taps(11), [30_000 - 16_500, "tick"]])
    assert.deepEqual([state.phase, state.value], ["confirm", 11])
  })

  it("takes a stand that was more than half way up, and gives one back", () => {
    const asked = [START, GO, ...taps(11), [13_500, "tick"], calm]
    assert.equal(report(last(COUNT, [...asked, [0, "more"], [0, "keep"]])).value, 12)
    assert.equal(report(last(COUNT, [...asked, [0, "less"], [0, "keep"]])).value, 10)
    assert.equal(report(last(COUNT, [...asked, [0, "keep"]])).ended_by, "counted")
  })

  it("is never less than nothing", () => {
    assert.equal(last(COUNT, [START, GO, ...ticks(30_000), calm, [0, "less"]]).value, 0)
  })

  it("nobody stands up twice in a blink", () => {
    const state = last(COUNT, [START, GO, [1000, "tap"], [BOUNCE_MS - 1, "tap"], [1, "tap"]])
    assert.equal(state.taps.length, 2)
  })

  it("taps heard late, while the page was busy, all count from when they came", () => {
    const states = walk(COUNT, [START, GO, [2000, "tick"], [-1200, "tap"], [500, "tap"], [500, "tap"]])
    assert.equal(states.at(-1).taps.length, 3)
  })

  it("a tap too many can be taken back", () => {
    assert.equal(last(COUNT, [START, GO, ...taps(3), [100, "undo"]]).taps.length, 2)
    assert.equal(last(COUNT, [START, GO, [100, "undo"]]).taps.length, 0)
  })

  it("stopped because tired, the number still counts; with pain it does not", () => {
    const stopped = [START, GO, ...taps(4), [900, "stop"], calm]
    assert.deepEqual([report(last(COUNT, [...stopped, [0, "why", { reason: "tired" }]])).value], [4])
    assert.equal(report(last(COUNT, [...stopped, [0, "why", { reason: "pain" }]])).value, null)
  })

  it("a tap after the bell is not counted", () => {
    assert.equal(last(COUNT, [START, GO, ...taps(2), [27_000, "tap"]]).value, 2)
  })
})

describe("a timed test", () => {
  it("is the time of one who finished", () => {
    const done = report(last(TIME, [START, GO, [13_456, "stop"], calm, [0, "why", { reason: "finished" }]]))
    assert.deepEqual([done.value, done.capped], [13.4, false])
  })

  it("is not a time when it was not finished", () => {
    const done = report(last(TIME, [START, GO, [13_456, "stop"], calm, [0, "why", { reason: "tired" }], calm, [0, "enough"]]))
    assert.deepEqual([done.value, done.ended_by], [null, "other"])
  })

  it("not finished in 60 seconds is told as that", () => {
    const done = report(last(TIME, [START, GO, ...ticks(60_000)]))
    assert.deepEqual([done.value, done.capped], [60, true])
  })
})

describe("ways to stand", () => {
  const held = [START, GO, ...ticks(10_000), calm]

  it("come one after the other, each from its own start", () => {
    const state = last(STAGES, held)
    assert.deepEqual([state.phase, state.stage], ["ready", 1])
  })

  it("all four held", () => {
    const done = report(last(STAGES, [...held, ...held, ...held, ...held]))
    assert.deepEqual([done.value, done.capped], [4, true])
  })

  it("the number held before the one that was not", () => {
    const done = report(last(STAGES, [...held, ...held, START, GO, [4000, "stop"], calm, [0, "why", { reason: "form" }]]))
    assert.deepEqual([done.value, done.capped, done.ended_by], [2, false, "form"])
  })

  it("stop where the plan ends", () => {
    assert.equal(report(last({ ...STAGES, stages: 3 }, [...held, ...held, ...held])).value, 3)
  })
})

describe("a page that was away", () => {
  it("goes on counting through a reload in the middle of a hold", () => {
    const before = last(ONCE, [START, GO, ...ticks(10_000)])
    const after = JSON.parse(JSON.stringify(before))
    const state = step(after, { type: "stop" }, before.seen + 4000)
    assert.equal(state.elapsed_ms, 14_000)
  })

  it("goes on in the background, where a page is looked at once a second", () => {
    const slow = Array.from({ length: 60 }, () => [1000, "tick"])
    const state = last(ONCE, [START, GO, ...slow])
    assert.deepEqual([state.phase, report(state).value], ["over", 60])
  })

  it("a short look away over the end of the time changes nothing", () => {
    const state = last(ONCE, [START, GO, ...ticks(57_000), [GAP_MS, "tick"]])
    assert.deepEqual([state.phase, report(state).value], ["over", 60])
  })

  it("nobody gets a full hold for a phone that slept: the person is asked", () => {
    const asked = [START, GO, ...ticks(10_000), [600_000, "tick"], calm]
    assert.equal(last(ONCE, asked).phase, "unsure")
    assert.equal(report(last(ONCE, [...asked, [0, "yes"]])).value, 60)
    const again = last(ONCE, [...asked, [0, "no"]])
    assert.deepEqual([again.phase, again.tries], ["ready", []])
  })

  it("the same for one way to stand, and the way is not given away", () => {
    const asked = last(STAGES, [START, GO, [60_000, "tick"], calm])
    assert.equal(asked.phase, "unsure")
    assert.equal(step(asked, { type: "no" }, asked.seen).stage, 0)
    assert.equal(step(asked, { type: "yes" }, asked.seen).stage, 1)
  })

  it("a tick that comes before its time, or a clock set back, takes nothing away", () => {
    const states = walk(ONCE, [START, GO, [20_000, "tick"], [-15_000, "tick"], [0, "stop"]])
    assert.equal(states.at(-1).elapsed_ms, 20_000)
  })
})

describe("any walk whatever", () => {
  const TYPES = ["tick", "start", "stop", "tap", "undo", "why", "back", "more", "less", "keep", "yes", "no", "enough", "close"]
  const REASONS = ["tired", "form", "pain", "shoulder", "back", "unwell", "other", "finished", "nonsense"]

  /** A small repeatable source of chance. */
  function chance(seed) {
    return () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return seed / 2 ** 32
    }
  }

  it("never gives a negative or a too long time, never loses a try, and ends once", () => {
    for (let seed = 0; seed < 3000; seed += 1) {
      const roll = chance(seed)
      const pick = (list) => list[Math.floor(roll() * list.length)]
      const plan = pick(PLANS)
      let at = 1_000_000
      let state = begin(plan, at)
      for (let n = 0; n < 60; n += 1) {
        at += Math.floor(pick([0, 90, 400, 3000, 12_000, 70_000]) * roll()) - (roll() < 0.05 ? 5000 : 0)
        const event = { type: pick(TYPES), lead_s: pick([3, 10]), practice: roll() < 0.2, reason: pick(REASONS) }
        const before = state
        state = step(state, event, at)
        const where = `seed ${seed} step ${n} ${JSON.stringify(event)}`
        assert.ok(elapsed(state, at) >= 0 && elapsed(state, at) <= length(state), where)
        assert.ok(rest_left(state, at) >= 0 && rest_left(state, at) <= 1000 * plan.rest_s, where)
        assert.ok(state.seen >= before.seen, where)
        assert.ok(state.tries.length >= before.tries.length && state.tries.length <= plan.tries, where)
        assert.ok(state.value >= 0, where)
        const done = report(state)
        if (report(before)) assert.deepEqual(done, report(before), where)
        if (done && done.value !== null) {
          const most = { stages: plan.stages, count: 99 }[plan.mode] ?? plan.seconds
          assert.ok(done.value >= 0 && done.value <= most, where)
          assert.equal(done.capped, done.ended_by === "cap", where)
          if (done.capped && plan.mode !== "count") assert.equal(done.value, most, where)
        }
        for (const cue of cues(before, state)) assert.ok(Object.keys(cue).length > 0, where)
        assert.deepEqual(JSON.parse(JSON.stringify(state)), state, where)
      }
    }
  })

  it("leaves what it was given untouched", () => {
    const state = Object.freeze({ ...begin(COUNT, 0), taps: Object.freeze([]), tries: Object.freeze([]) })
    for (const type of TYPES) step(state, { type, lead_s: 3 }, 10)
    const going = step(step(state, { type: "start", lead_s: 3 }, 10), { type: "tick" }, 4000)
    Object.freeze(going)
    Object.freeze(going.taps)
    step(going, { type: "tap" }, 5000)
  })
})

describe("what is said", () => {
  const heard = (plan, events) => {
    const states = walk(plan, events)
    return states.slice(1).flatMap((state, n) => cues(states[n], state))
  }
  const spoken = (list) => list.filter((cue) => cue.voice).map((cue) => (cue.n ? cue.n : cue.voice))

  it("three, two, one, go", () => {
    assert.deepEqual(spoken(heard(ONCE, [START, ...ticks(3000)])), [3, 2, 1, "go"])
  })

  it("with time to lie down: first the call, then the same", () => {
    assert.deepEqual(spoken(heard(ONCE, [[0, "start", { lead_s: 10 }], ...ticks(10_000)])), ["get_set", 3, 2, 1, "go"])
  })

  it("every ten seconds of a hold, and its end", () => {
    assert.deepEqual(spoken(heard(ONCE, [START, GO, ...ticks(60_000)])), [3, "go", 10, 20, 30, 40, 50, "time"])
  })

  it("a count says what is left", () => {
    const list = heard(COUNT, [START, GO, ...ticks(30_000)]).filter((cue) => cue.voice === "left")
    assert.deepEqual(list.map((cue) => cue.n), [20, 10])
  })

  it("a screen reader hears changes, not seconds", () => {
    const said = heard(ONCE, [START, GO, ...ticks(60_000)]).filter((cue) => cue.status)
    assert.deepEqual(said.map((cue) => cue.status), ["get_set", "go", "time"])
  })
})

describe("the clock", () => {
  const made = () => {
    const hands = { perf: 0, wall: 5_000_000 }
    return { hands, time: clock(() => hands.perf, () => hands.wall) }
  }

  it("goes by the monotonic hand while the wall is set", () => {
    const { hands, time } = made()
    const start = time.now()
    hands.perf = 20_000
    hands.wall += 20_000 - 3_600_000
    time.woke()
    assert.equal(time.now() - start, 20_000)
  })

  it("catches up after a sleep that stopped the monotonic hand", () => {
    const { hands, time } = made()
    const start = time.now()
    hands.perf = 1000
    hands.wall += 41_000
    time.woke()
    assert.equal(time.now() - start, 41_000)
  })

  it("takes a small difference for drift", () => {
    const { hands, time } = made()
    const start = time.now()
    hands.perf = 1000
    hands.wall += 1000 + SLEPT_MS
    time.woke()
    assert.equal(time.now() - start, 1000)
  })

  it("goes on after a reload, when the monotonic hand begins again", () => {
    const { hands, time } = made()
    hands.perf = 30_000
    hands.wall += 30_000
    const before = time.now()
    hands.perf = 10
    hands.wall += 2000
    assert.equal(clock(() => hands.perf, () => hands.wall).now() - before, 2000)
  })

  it("takes the time of a tap from the tap, never from the future", () => {
    const { hands, time } = made()
    hands.perf = 1000
    assert.equal(time.at(960), 5_000_960)
    assert.equal(time.at(5000), 5_001_000)
  })
})

describe("what is kept in the browser", async () => {
  const { choose, chosen, keep, kept, may_store } = await import(`${FOLDER}keep.mjs`)

  const store = () => {
    const inside = new Map()
    return { getItem: (name) => inside.get(name) ?? null, setItem: (name, text) => inside.set(name, String(text)), inside }
  }

  it("is under keys that Start over finds", () => {
    globalThis.sessionStorage = store()
    globalThis.localStorage = store()
    keep({ runs: { [key(HOLD)]: begin(HOLD, 7) }, rest_from: 3 })
    choose("mute", true)
    assert.deepEqual(kept(), { runs: { "sls:left": begin(HOLD, 7) }, rest_from: 3 })
    assert.deepEqual([chosen("mute", false), chosen("still", true), chosen("still", false)], [true, true, false])
    const names = [...sessionStorage.inside.keys(), ...localStorage.inside.keys()]
    assert.deepEqual(names.filter((name) => !name.startsWith("screening:")), [])
  })

  it("never reaches the browser's stores on a shared tablet", () => {
    globalThis.sessionStorage = store()
    globalThis.localStorage = store()
    may_store(false)
    keep({ runs: { [key(HOLD)]: begin(HOLD, 7) }, rest_from: 5 })
    choose("still", true)
    assert.deepEqual([kept().rest_from, chosen("still", false)], [5, true])
    assert.deepEqual([...sessionStorage.inside, ...localStorage.inside], [])
    may_store(true)
    assert.deepEqual(kept(), { runs: {}, rest_from: null })
  })

  it("of an invented person has a key and an id of its own", () => {
    const theirs = { ...HOLD, who: "someone/" }
    assert.deepEqual([key(HOLD), key(theirs)], ["sls:left", "someone/sls:left"])
    const over = { ...begin(theirs, 7), phase: "over", ended_by: "pain" }
    assert.match(report(over).id, /^someone\/sls:left:/)
    assert.equal(report(over).test, "sls")
  })

  it("that is broken is as good as nothing", () => {
    globalThis.sessionStorage = store()
    for (const text of ["{", "null", "7", '{"runs": 3}']) {
      sessionStorage.setItem("screening:runner", text)
      assert.deepEqual(kept(), { runs: {}, rest_from: null })
    }
  })

  it("lives in memory where the browser forbids storing", () => {
    const shut = { getItem: () => { throw new Error("shut") }, setItem: () => { throw new Error("shut") } }
    globalThis.sessionStorage = shut
    globalThis.localStorage = shut
    keep({ runs: {}, rest_from: 12 })
    choose("still", true)
    assert.deepEqual([kept().rest_from, chosen("still", false)], [12, true])
  })
})
