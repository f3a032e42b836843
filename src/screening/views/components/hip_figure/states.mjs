// Looks solved states up and draws between neighbours. The model itself is solved in Python. Pure: no page.

export const JOINTS = ["knee", "hip", "swing_hip", "spine", "neck"]
const NUMBERS = ["drop", "lean", "valgus", "force", "pull"]

const mix = (a, b, share) => a + (b - a) * share

/** @type {WeakMap<object, number[][][]>} */
const unpacked = new WeakMap()

/** Every row but the first came as its difference from the row before; add them up once. */
function statesOf(scene) {
  if (!unpacked.has(scene)) {
    unpacked.set(scene, scene.states.map((rows) => {
      let before = rows[0].map(() => 0)
      return rows.map((row) => { before = row.map((value, i) => value + before[i]); return before })
    }))
  }
  return unpacked.get(scene)
}

function rowAt(rows, at) {
  const low = Math.max(0, Math.min(rows.length - 1, Math.floor(at)))
  const high = Math.min(rows.length - 1, low + 1)
  const share = Math.max(0, Math.min(1, at - low))
  return rows[low].map((value, i) => mix(value, rows[high][i], share))
}

/**
 * Return the state for a task, a share of strength x activation (1 = all) and a strategy (0 drop, 1 lean).
 * Lengths in metres, angles in degrees, force in body weights, the rest relative.
 */
export function stateAt(model, task, share, lean) {
  const scene = model.scenes[task]
  const strategy = lean * (model.leans.length - 1)
  const low = Math.floor(strategy)
  const high = Math.min(model.leans.length - 1, low + 1)
  const visible = Math.max(0, (scene.threshold - share) / model.step)
  const one = rowAt(statesOf(scene)[low], visible)
  const two = rowAt(statesOf(scene)[high], visible)
  const row = one.map((value, i) => mix(value, two[i], strategy - low))
  const points = { ankle: [0, 0] }
  JOINTS.forEach((name, i) => { points[name] = [row[2 * i] / 10000, row[2 * i + 1] / 10000] })
  const numbers = Object.fromEntries(NUMBERS.map((name, i) => [name, row[2 * JOINTS.length + i] / 100]))
  const used = rowAt(scene.used.map((value) => [value]), (share - model.from) / model.used_step)[0] / 100
  return { points, ...numbers, bend: numbers.drop + numbers.lean, used, holds: row.at(-1) > 0.5, changed: share < scene.threshold }
}

/** Return [x, y, angle, stretch] that lays a part drawn along +y (cm) from one point to another (metres, y up). */
export function bone(from, to, lengthCm) {
  const dx = (to[0] - from[0]) * 100
  const dy = -(to[1] - from[1]) * 100
  return [from[0] * 100, -from[1] * 100, (Math.atan2(-dx, dy) * 180) / Math.PI, Math.hypot(dx, dy) / lengthCm]
}

/** Return the knee's angle in the drawing: how far the shank's line turns inward against the thigh's, degrees. */
export function drawnKnee(points) {
  const lineOf = (low, high) => Math.atan2(high[0] - low[0], high[1] - low[1])
  return ((lineOf(points.ankle, points.knee) - lineOf(points.knee, points.hip)) * 180) / Math.PI
}

/** Return a point given in the pelvis' own frame (cm, y up) turned by the drop (degrees, swing side low). */
export function inPelvis(points, drop, x, y) {
  const middle = [(points.hip[0] + points.swing_hip[0]) / 2, (points.hip[1] + points.swing_hip[1]) / 2]
  const turn = (-drop * Math.PI) / 180
  return [
    middle[0] + (x * Math.cos(turn) - y * Math.sin(turn)) / 100,
    middle[1] + (x * Math.sin(turn) + y * Math.cos(turn)) / 100,
  ]
}

/** Return words for a relative change: "about the same" within half a per cent, else "+12 %". */
export function change(relative, words) {
  const percent = Math.round((relative - 1) * 100)
  return percent === 0 ? words.unchanged : `${percent > 0 ? "+" : "−"}${Math.abs(percent)} %`
}

/** Return the name of a strategy, 0 (only drop) to 100 (only lean). */
export function coping(strategy) {
  if (strategy === 0) return "drop_end"
  if (strategy === 100) return "lean_end"
  if (strategy < 40) return "mostly_drop"
  return strategy > 60 ? "mostly_lean" : "both"
}
