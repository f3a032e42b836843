// A person on one leg that moves as a finger drags. States come solved from Python; nothing is sent back.
import { bone, change, coping, inPelvis, stateAt } from "./states.mjs"

const SVG = "http://www.w3.org/2000/svg"
const BOX = [-60, -182, 126, 192]
const STARTS = { strength: 100, activation: 100, strategy: 50 }
const LESS = 45
/** @type {WeakMap<Element, {text: string, values: object}>} */
const mounted = new WeakMap()

function svg(name, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  if (text) element.textContent = text
  return element
}

function html(name, css = "", text = "") {
  const element = document.createElement(name)
  if (css) element.className = css
  if (text) element.textContent = text
  return element
}

const at = (point) => `${(point[0] * 100).toFixed(2)} ${(-point[1] * 100).toFixed(2)}`
const placed = ([x, y, angle, stretch]) =>
  `translate(${x.toFixed(2)} ${y.toFixed(2)}) rotate(${angle.toFixed(2)}) scale(1 ${stretch.toFixed(3)})`
const turned = (point, angle) => `translate(${at(point).replace(" ", ",")}) rotate(${angle.toFixed(2)})`
const degrees = (value) => `${Math.round(value)}°`

/** One figure: its picture, and a function that moves it to a state. */
function person(data, title) {
  const { paths, thigh_cm: thighCm, shank_cm: shankCm, upper_cm: upperCm, fore_cm: foreCm } = data.shapes
  const figure = html("figure", "person")
  const picture = svg("svg", { viewBox: BOX.join(" "), "aria-hidden": "true" })
  const part = {}
  const add = (name, from = name) => {
    part[name] = svg("path", { class: paths[from][0], d: paths[from][1] })
    picture.append(part[name])
  }
  picture.append(svg("path", { class: "floor", d: "M-50 7.2H56V8.6H-50Z" }))
  const line = svg("path", { class: "load", d: "M0 7V-176" })
  for (const side of ["right", "left"]) for (const name of ["upper", "fore", "sleeve"]) add(`${name}_${side}`)
  for (const side of ["left", "right"]) for (const name of ["foot", "shank", "thigh", "short"]) add(`${name}_${side}`)
  for (const name of ["neck", "pelvis", "torso", "head", "hair"]) add(name)
  const maximus = svg("path", { class: "pull maximus" })
  const medius = svg("path", { class: "pull medius" })
  const kneecap = svg("path", { class: "kneecap" })
  const sideways = svg("path", { class: "sideways" })
  const spine = svg("path", { class: "axis" })
  const level = svg("path", { class: "axis" })
  const leg = svg("path", { class: "axis" })
  const marks = Object.fromEntries(["pelvis", "knee", "back"].map((name) => [name, svg("text", { class: "mark" })]))
  picture.append(maximus, medius, line, spine, level, leg, kneecap, sideways, ...Object.values(marks))
  figure.append(picture, html("figcaption", "", title))

  const words = data.words
  const label = (name, point, dx, dy, text, anchor) => {
    const [x, y] = [point[0] * 100 + dx, -point[1] * 100 + dy]
    marks[name].setAttribute("x", x.toFixed(1))
    marks[name].setAttribute("y", y.toFixed(1))
    marks[name].setAttribute("text-anchor", anchor)
    marks[name].textContent = text
  }

  
  const put = (state, task, short) => {
    const { points, drop, lean } = state
    const angle = (name, value) => (short ? "{n}" : words[name]).replace("{n}", degrees(value))
    const set = (name, transform) => part[name].setAttribute("transform", transform)
    set("thigh_right", placed(bone(points.hip, points.knee, thighCm)))
    set("short_right", placed(bone(points.hip, points.knee, thighCm)))
    set("shank_right", placed(bone(points.knee, points.ankle, shankCm)))
    set("foot_right", "translate(0,0)")
    const lifted = task === "stand" ? 0.72 : 0.5
    const knee = [points.swing_hip[0] + 0.02, points.swing_hip[1] - (thighCm / 100) * lifted]
    const foot = [knee[0] + 0.005, knee[1] - (shankCm / 100) * 0.8]
    set("thigh_left", placed(bone(points.swing_hip, knee, thighCm)))
    set("short_left", placed(bone(points.swing_hip, knee, thighCm)))
    set("shank_left", placed(bone(knee, foot, shankCm)))
    set("foot_left", turned(foot, 0))
    const middle = inPelvis(points, drop, 0, 0)
    set("pelvis", turned(middle, drop))
    set("torso", turned(points.spine, -lean))
    for (const name of ["neck"]) set(name, turned(points.neck, -lean * 0.6))
    const up = [-Math.sin((lean * Math.PI) / 180), Math.cos((lean * Math.PI) / 180)]
    const head = [points.neck[0] + up[0] * 0.085, points.neck[1] + up[1] * 0.085]
    set("head", turned(head, -lean * 0.4))
    set("hair", turned(head, -lean * 0.4))
    for (const [side, sign] of [["right", -1], ["left", 1]]) {
      const shoulder = [
        points.neck[0] + sign * 0.17 * up[1] - up[0] * 0.035,
        points.neck[1] - sign * 0.17 * up[0] - up[1] * 0.035,
      ]
      const elbow = [shoulder[0] + sign * 0.075, shoulder[1] - 0.28]
      const wrist = [elbow[0] + sign * 0.03, elbow[1] - 0.255]
      set(`upper_${side}`, placed(bone(shoulder, elbow, upperCm)))
      set(`sleeve_${side}`, placed(bone(shoulder, elbow, upperCm)))
      set(`fore_${side}`, placed(bone(elbow, wrist, foreCm)))
    }
    const outer = inPelvis(points, drop, -13.4, -1)
    const below = inPelvis(points, drop, -13.8, -9)
    const fan = (from, to) => `M${at(to)}${from.map(([x, y]) => `L${at(inPelvis(points, drop, x, y))}`).join("")}Z`
    const width = 0.5 + 2 * state.force
    const load = Math.min(1, Math.max(0, (state.used - 0.3) / 0.9))
    for (const [muscle, from, to, share] of [
      [medius, [[-14, 11], [-11, 14], [-7.5, 15]], outer, 1],
      [maximus, [[-5, 12], [-3.5, 7.5], [-3, 3]], below, 0.7],
    ]) {
      muscle.setAttribute("d", fan(from, to))
      muscle.setAttribute("stroke-width", (width * share).toFixed(2))
      muscle.style.setProperty("--load", load.toFixed(3))
    }
    const [kneeX, kneeY] = [points.knee[0] * 100, -points.knee[1] * 100 - 1]
    const reach = 5 + 22 * Math.max(0, state.pull - 1)
    kneecap.setAttribute("d", `M${kneeX - 2.6} ${kneeY}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0z`)
    sideways.setAttribute("d", `M${kneeX - 3.4} ${kneeY}h${-reach}m3-2.6l-3 2.6l3 2.6`)
    level.setAttribute("d", `M${at(inPelvis(points, drop, -19, 4))}L${at(inPelvis(points, drop, 21, 4))}`)
    spine.setAttribute("d", `M${at(middle)}L${at(points.spine)}L${at(points.neck)}`)
    leg.setAttribute("d", `M${at(points.hip)}L${at(points.knee)}L${at(points.ankle)}`)
    label("pelvis", inPelvis(points, drop, 22, 4), 2, 4, angle("at_pelvis", drop), "start")
    label("knee", points.knee, -12, -8, angle("at_knee", state.valgus), "end")
    label("back", points.spine, 20, -9, angle("at_back", state.bend), "start")
    figure.classList.toggle("support", !state.holds)
  }
  return { figure, put }
}

function slider(name, words, [low, high, step], value, text) {
  const label = html("label", "slider")
  const head = html("span", "head")
  const output = html("span", "value")
  head.append(html("span", "", words), output)
  const input = html("input")
  Object.assign(input, { type: "range", min: low, max: high, step, value, name })
  input.setAttribute("aria-label", words)
  label.append(head, input)
  const show = () => {
    output.textContent = text(Number(input.value))
    input.setAttribute("aria-valuetext", output.textContent)
  }
  show()
  return { label, input, show }
}

function build(root, data, kept) {
  const words = data.words
  const values = { ...STARTS, task: "stand", compare: false, ...kept }
  const percent = (value) => words.per_cent.replace("{n}", value)
  const sliders = {
    strength: slider("strength", words.strength, [30, 120, 1], values.strength, percent),
    activation: slider("activation", words.activation, [30, 120, 1], values.activation, percent),
    strategy: slider("strategy", words.strategy, [0, 100, 5], values.strategy, (value) => words[coping(value)]),
  }
  const tasks = html("div", "tasks")
  tasks.setAttribute("role", "group")
  tasks.setAttribute("aria-label", words.task)
  const buttons = ["stand", "squat"].map((task) => {
    const button = html("button", "", words[task])
    button.type = "button"
    button.onclick = () => { values.task = task; draw() }
    tasks.append(button)
    return [task, button]
  })
  const reset = html("button", "", words.reset)
  reset.type = "button"
  const put = (wanted) => {
    Object.assign(values, wanted)
    for (const [name, each] of Object.entries(sliders)) each.input.value = values[name]
    draw()
  }
  reset.onclick = () => put(STARTS)
  const compare = html("button", "", words.compare)
  compare.type = "button"
  compare.onclick = () => {
    const untouched = values.strength * values.activation >= 10000
    put({ compare: !values.compare, ...(untouched && !values.compare ? { strength: LESS } : {}) })
  }
  const choices = html("div", "tasks")
  choices.append(compare, reset)

  const stage = html("div", "stage")
  const mine = person(data, words.yours)
  const reference = person(data, words.reference)
  stage.append(reference.figure, mine.figure)
  const legend = html("p", "legend")
  for (const name of ["muscles", "load_line"]) legend.append(html("span", name, words[name]))
  const facts = html("dl", "facts")
  const fact = Object.fromEntries(["pelvis", "knee", "back", "kneecap", "pull"].map((name) => {
    const value = html("dd")
    const pair = html("div")
    pair.append(html("dt", "", words[name]), value)
    facts.append(pair)
    return [name, value]
  }))
  const status = html("p", "status")
  status.setAttribute("role", "status")
  const controls = html("div", "controls")
  controls.append(tasks, ...Object.values(sliders).map((each) => each.label), choices)
  const picture = html("div", "picture")
  picture.append(stage, legend)
  root.replaceChildren(picture, status, controls, facts)

  let waiting = false
  const draw = () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      const share = (values.strength * values.activation) / 10000
      const state = stateAt(data.model, values.task, share, values.strategy / 100)
      const base = stateAt(data.model, values.task, 1, values.strategy / 100)
      mine.put(state, values.task, values.compare)
      reference.put(base, values.task, values.compare)
      stage.classList.toggle("two", values.compare)
      compare.setAttribute("aria-pressed", String(values.compare))
      for (const each of Object.values(sliders)) each.show()
      for (const [task, button] of buttons) button.setAttribute("aria-pressed", String(task === values.task))
      fact.pelvis.textContent = degrees(state.drop)
      fact.knee.textContent = degrees(state.valgus)
      fact.back.textContent = degrees(state.bend)
      fact.kneecap.textContent = change(state.pull, words)
      fact.pull.textContent = words.times_weight.replace("{n}", state.force.toFixed(1))
      const said = state.changed ? (state.holds ? words.more : words.support) : words.no_change
      if (status.textContent !== said) status.textContent = said
      root.dataset.state = JSON.stringify({ ...values, drop: state.drop, lean: state.lean, valgus: state.valgus })
    })
  }
  for (const [name, each] of Object.entries(sliders)) {
    each.input.addEventListener("input", () => { values[name] = Number(each.input.value); draw() })
  }
  draw()
  return values
}

export default function ({ data: told, parentElement }) {
  const root = parentElement.querySelector(".hip-figure")
  const before = mounted.get(parentElement)
  const text = new TextDecoder().decode(told)
  if (before?.text === text) return
  const data = JSON.parse(text)
  mounted.set(parentElement, { text, values: build(root, data, before?.values) })
}
