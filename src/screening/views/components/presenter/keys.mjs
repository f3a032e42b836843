// Which key does what: clickers send Page Up and Page Down, some arrows; keyboards have both.

const TURNS = {
  ArrowRight: "next",
  ArrowDown: "next",
  PageDown: "next",
  ArrowLeft: "back",
  ArrowUp: "back",
  PageUp: "back",
  Escape: "close",
}

const ARROWS = /^Arrow/

/**
 * Say what a key press asks for: "next", "back", "close", or null.
 *
 * A slider keeps its arrows; a key that is held down, or pressed with another one, turns nothing.
 *
 * @param {{key: string, repeat?: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean}} event
 * @param {boolean} onSlider the focus is on something that arrows move
 */
export function turn(event, onSlider) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null
  if (onSlider && ARROWS.test(event.key)) return null
  return Object.hasOwn(TURNS, event.key) ? TURNS[event.key] : null
}
