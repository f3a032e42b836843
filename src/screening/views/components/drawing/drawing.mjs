// Draws a person from outlines and moves them. All geometry comes from Python; see views/figures.py.
import { frameAt, placeAt, transform } from "./motion.mjs"

const SVG = "http://www.w3.org/2000/svg"
/** @type {WeakMap<Element, {stop: () => void, text: string}>} */
const mounted = new WeakMap()

function shape(css, path) {
  const element = document.createElementNS(SVG, "path")
  element.setAttribute("class", css)
  element.setAttribute("d", path)
  return element
}

/** Build one picture and return it with a function that puts every part in its place at a frame. */
function picture(drawing) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", drawing.box.join(" "))
  svg.setAttribute("aria-hidden", "true")
  for (const [css, path] of drawing.scenery) svg.append(shape(css, path))
  const parts = drawing.parts.map((part) => {
    const element = shape(part.css, part.path)
    svg.append(element)
    return [element, part.places]
  })
  const put = (frame) => {
    for (const [element, places] of parts) element.setAttribute("transform", transform(placeAt(places, frame)))
  }
  put(drawing.stops[0])
  return { svg, put }
}

function still(drawing, stop, words) {
  const figure = document.createElement("figure")
  const { svg, put } = picture(drawing)
  put(stop)
  const caption = document.createElement("figcaption")
  caption.textContent = words
  figure.append(svg, caption)
  return figure
}

export default function ({ data, parentElement }) {
  const text = JSON.stringify(data)
  const before = mounted.get(parentElement)
  if (before?.text === text) return
  before?.stop()

  const root = parentElement.querySelector(".drawing")
  root.replaceChildren()
  root.setAttribute("aria-label", data.alt)
  root.classList.toggle("wide", data.drawing.box[2] > data.drawing.box[3] * 1.2)

  const moving = document.createElement("div")
  moving.className = "moving"
  const { svg, put } = picture(data.drawing)
  const caption = document.createElement("p")
  caption.className = "caption"
  caption.textContent = data.caption
  caption.setAttribute("aria-hidden", "true")
  const button = document.createElement("button")
  button.type = "button"
  moving.append(svg, caption, button)

  const stills = document.createElement("div")
  stills.className = "stills"
  data.drawing.stops.forEach((stop, i) => stills.append(still(data.drawing, stop, data.positions[i])))
  root.append(moving, stills)

  const reduced = matchMedia("(prefers-reduced-motion: reduce)")
  let since = performance.now()
  let shown = 0
  let running = !reduced.matches
  let request = 0
  const tick = (now) => {
    shown = now - since
    put(frameAt(data.drawing.stops, shown))
    request = requestAnimationFrame(tick)
  }
  const set = (run) => {
    running = run
    cancelAnimationFrame(request)
    button.textContent = running ? data.pause : data.play
    button.setAttribute("aria-pressed", String(!running))
    if (running) {
      since = performance.now() - shown
      request = requestAnimationFrame(tick)
    }
  }
  button.onclick = () => set(!running)
  set(running)
  const stop = () => cancelAnimationFrame(request)
  mounted.set(parentElement, { stop, text })
  return stop
}
