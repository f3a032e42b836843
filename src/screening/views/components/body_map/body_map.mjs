// Front and back of the body with spots to tap. The list below it says and does the same, by keyboard too.
import { shown, tapped } from "./ticks.mjs"

const SVG = "http://www.w3.org/2000/svg"
const QUIET_MS = 300
/** @type {WeakMap<Element, any>} */
const mounted = new WeakMap()

function svg(name, attributes, text = "") {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  if (text) element.textContent = text
  return element
}

/** One view of the body; returns its figure and the marks by spot. */
function view(each, tap) {
  const figure = document.createElement("figure")
  const caption = document.createElement("figcaption")
  caption.textContent = each.title
  const picture = svg("svg", { viewBox: each.box.join(" ") })
  for (const [css, path, transform] of each.parts) picture.append(svg("path", { class: css, d: path, transform }))
  for (const [words, x, y] of each.sides) {
    picture.append(svg("text", { x, y, class: "side", "text-anchor": "middle" }, words))
  }
  const marks = each.spots.map(([id, x, y, toX, toY]) => {
    const mark = svg("g", { class: "spot", "data-spot": id })
    if (toX !== undefined) mark.append(svg("path", { d: `M${x} ${y}L${toX} ${toY}`, class: "leader" }))
    mark.append(
      svg("circle", { cx: x, cy: y, r: 22, class: "finger" }),
      svg("circle", { cx: x, cy: y, r: 13, class: "ring" }),
      svg("path", { d: `M${x - 6} ${y}l4 5l8 -9`, class: "tick" }),
    )
    mark.addEventListener("click", () => tap(id))
    picture.append(mark)
    return [id, mark]
  })
  figure.append(caption, picture)
  return { figure, marks }
}

function build(root, state) {
  const tap = (spot) => {
    state.taps = tapped(state.ticked, state.taps, spot, state.data.none)
    state.id = crypto.randomUUID()
    state.show()
    clearTimeout(state.timer)
    state.timer = setTimeout(state.tell, QUIET_MS)
  }
  const views = JSON.parse(state.data.views).map((each) => view(each, tap))
  const marks = views.flatMap((each) => each.marks)
  root.replaceChildren(...views.map((each) => each.figure))
  state.show = () => {
    const on = shown(state.ticked, state.taps, state.data.none)
    for (const [id, mark] of marks) mark.classList.toggle("on", on.has(id))
  }
  state.tell = () => {
    clearTimeout(state.timer)
    state.timer = 0
    if (state.id) state.send("taps", { id: state.id, to: state.data.sid, spots: state.taps })
  }
}

/** Whether the button of each spot in the list is pressed, by spot: none where the list is not there. */
function list(rows) {
  return new Map(
    rows.flatMap((spots) => {
      const buttons = document.querySelectorAll(`[class*="-spots-${spots[0]}"] button[aria-pressed]`)
      return [...buttons].map((each, i) => [spots[i], each.getAttribute("aria-pressed") === "true"])
    }),
  )
}

/** Show at once what is ticked in the list, until the visit says what it holds. */
function follow(state) {
  const pressed = list(state.data.rows)
  if (!pressed.size) return
  state.ticked = [...pressed].filter(([, on]) => on).map(([spot]) => spot)
  state.show()
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".body-map")
  const words = data.views
  let state = mounted.get(parentElement)
  if (state?.words !== words) {
    state = { words, taps: {}, id: "", timer: 0, data, ticked: data.ticked }
    mounted.set(parentElement, state)
    build(root, state)
    requestAnimationFrame(() => follow(state))
  }
  if (String(data.ticked) !== String(state.data.ticked)) state.ticked = data.ticked
  if (state.id && data.have === state.id) Object.assign(state, { taps: {}, id: "" })
  const newSession = data.sid !== state.data.sid
  state.data = data
  state.send = setStateValue
  state.show()
  if (newSession && state.id) state.tell()
  const leaving = () => {
    if (document.visibilityState === "hidden" && state.timer) state.tell()
  }
  document.addEventListener("visibilitychange", leaving)
  const watch = new MutationObserver(() => follow(state))
  watch.observe(document.body, { subtree: true, attributeFilter: ["aria-pressed"] })
  return () => {
    document.removeEventListener("visibilitychange", leaving)
    watch.disconnect()
  }
}
