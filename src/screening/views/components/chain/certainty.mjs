// How a certainty is drawn: never by colour alone. Pure: no page.

const LEVELS = { high: [4, 10], moderate: [3, 7], low: [2, 4], very_low: [1, 3], contested: [null, 4] }

/** Return how many of four bars are filled; null where studies disagree. */
export const bars = (certainty) => LEVELS[certainty][0]

/** Return the thickness of an arrow in px: the surer, the thicker. Studies that disagree break it. */
export const thickness = (certainty) => LEVELS[certainty][1]
