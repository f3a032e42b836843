// Run by test_hip_figure.py: looks up every asked-for state as the browser does, and says how it is drawn.
import { readFileSync } from "node:fs"
import { drawnKnee, stateAt } from "../../src/screening/views/components/hip_figure/states.mjs"

const { table, asked } = JSON.parse(readFileSync(0, "utf8"))
const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1])

const found = asked.map(([scene, share, lean]) => {
  const { points, ...state } = stateAt(table, scene, share, lean)
  return {
    ...state,
    points,
    thigh: far(points.knee, points.hip),
    shank: far(points.ankle, points.knee),
    pelvis: far(points.hip, points.swing_hip),
    trunk: far(points.spine, points.neck),
    drawnKnee: drawnKnee(points),
  }
})
process.stdout.write(JSON.stringify(found))
