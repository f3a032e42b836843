// Two chains of boxes and arrows, and the list of causes. All static: taps only open and close sources.
import { bars, thickness } from "./certainty.mjs"

const SVG = "http://www.w3.org/2000/svg"

function svg(name, attributes = {}) {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

function html(name, css = "", text = "") {
  const element = document.createElement(name)
  if (css) element.className = css
  if (text) element.textContent = text
  return element
}

/** The certainty as a picture: four bars, some filled; two arrows against each other where studies disagree. */
function mark(certainty) {
  const picture = svg("svg", { viewBox: "0 0 22 18", class: "mark", "aria-hidden": "true" })
  const filled = bars(certainty)
  if (filled === null) {
    picture.append(svg("path", { d: "M2 6H17M12 1.5L17 6L12 10.5M20 12.5H5M10 8L5 12.5L10 17", class: "against" }))
    return picture
  }
  for (let n = 0; n < 4; n += 1) {
    const height = 5 + 4 * n
    picture.append(svg("rect", {
      x: 1 + n * 5.2, y: 17.5 - height, width: 3.6, height, rx: 1, class: n < filled ? "bar full" : "bar",
    }))
  }
  return picture
}

/** How sure, as a row that opens: the reason, then the sources. */
function opened(arrow, words) {
  const box = html("details")
  const head = html("summary")
  head.append(mark(arrow.certainty), html("span", "", words.how_sure.replace("{certainty}", arrow.sure)))
  box.append(head, html("p", "say", arrow.say), sources(arrow, words))
  return box
}

function sources(arrow, words) {
  const list = html("ul", "sources")
  for (const each of arrow.sources) {
    const row = html("li")
    row.append(html("span", "", `${each.what} (${words.study}: ${each.who}; ${words.how_sure.replace("{certainty}", each.sure)}) `))
    const cited = html(each.doi ? "a" : "cite", "", `${each.citation} [${each.id}]`)
    if (each.doi) Object.assign(cited, { href: `https://doi.org/${each.doi}`, target: "_blank", rel: "noopener noreferrer" })
    row.append(cited)
    list.append(row)
  }
  return list
}

function shaft(certainty, up = false) {
  const line = html("div", `shaft ${certainty}${up ? " up" : ""}`)
  line.setAttribute("aria-hidden", "true")
  line.style.setProperty("--thick", `${thickness(certainty)}px`)
  const head = svg("svg", { viewBox: "0 0 24 14", class: "head" })
  head.append(svg("path", { d: up ? "M12 0L24 14H0Z" : "M0 0H24L12 14Z" }))
  line.append(...(up ? [head, html("i")] : [html("i"), head]))
  return line
}

function chain(told, words) {
  const section = html("section", "chain")
  const flow = html("div", "flow")
  const steps = html("ol")
  told.steps.forEach((step, n) => {
    const row = html("li")
    row.append(html("p", "box", step))
    const arrow = told.arrows[n]
    if (arrow) {
      const link = html("div", "link")
      link.append(shaft(arrow.certainty), opened(arrow, words))
      row.append(link)
    }
    steps.append(row)
  })
  flow.append(steps)
  section.append(html("h3", "", told.title), flow)
  for (const arrow of told.back) {
    const round = html("div", `round ${arrow.certainty}`)
    round.setAttribute("aria-hidden", "true")
    round.style.setProperty("--thick", `${thickness(arrow.certainty)}px`)
    const head = svg("svg", { viewBox: "0 0 14 24", class: "head" })
    head.append(svg("path", { d: "M0 12L14 0V24Z" }))
    round.append(head)
    flow.append(round)
    const other = html("div", "other")
    other.append(html("p", "way", words.back_way), opened(arrow, words))
    section.append(other)
  }
  return section
}

function cause(told, words) {
  const row = html("li", "cause")
  const head = html("div", "name")
  head.append(html("strong", "", told.title), html("span", "where", told.where))
  row.append(head, opened(told, words))
  row.querySelector("details").before(html("p", "say", told.say))
  row.querySelector("details > .say").remove()
  return row
}

const drawn = new WeakMap() // what each mount shows: an opened arrow stays open through a rerun

export default function ({ data: told, parentElement }) {
  const text = new TextDecoder().decode(told)
  if (drawn.get(parentElement) === text) return
  drawn.set(parentElement, text)
  const data = JSON.parse(text)
  const root = parentElement.querySelector(".chains")
  const list = html("ul", "causes")
  list.append(...data.causes.map((each) => cause(each, data.words)))
  root.replaceChildren(...data.chains.map((each) => chain(each, data.words)), ...(data.causes.length ? [list] : []))
}
