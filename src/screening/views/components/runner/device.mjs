/**
 * Voice, beeps, vibration and a screen that stays on. Each is a kindness: where a device has none, the
 * test goes on without. Nothing here leaves the device.
 */

/** Beeps: hertz and seconds. */
const TONES = { low: [523, 0.12], high: [1046, 0.35], end: [784, 0.6] }

/** @type {AudioContext|null} */
let audio = null
/** @type {any} */
let lock = null

/** Called inside the tap on Start: phones allow sound only from there. */
export function wake_sound() {
  try {
    audio ??= new AudioContext()
    audio.resume().catch(() => {})
  } catch {
    audio = null
  }
}

/** @param {"low"|"high"|"end"} name */
export function beep(name) {
  if (!audio) return
  try {
    const [hertz, seconds] = TONES[name]
    const tone = audio.createOscillator()
    const loud = audio.createGain()
    const now = audio.currentTime
    tone.frequency.value = hertz
    loud.gain.setValueAtTime(0.0001, now)
    loud.gain.exponentialRampToValueAtTime(0.4, now + 0.02)
    loud.gain.exponentialRampToValueAtTime(0.0001, now + seconds)
    tone.connect(loud).connect(audio.destination)
    tone.start(now)
    tone.stop(now + seconds)
  } catch {
    audio = null
  }
}

/** Say something in the page's language, dropping what was not said yet. @param {string} words @param {string} lang */
export function speak(words, lang) {
  try {
    const said = new SpeechSynthesisUtterance(words)
    said.lang = lang
    speechSynthesis.cancel()
    speechSynthesis.speak(said)
  } catch {
    /* no voice on this device */
  }
}

/** Stop talking. */
export function hush() {
  try {
    speechSynthesis.cancel()
  } catch {
    /* no voice on this device */
  }
}

/** @param {number[]} pattern */
export function buzz(pattern) {
  try {
    if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(pattern)
  } catch {
    /* not allowed here */
  }
}

/** Keep the screen on, or let it go. Asking again is harmless. @param {boolean} on */
export async function awake(on) {
  try {
    if (on && !lock) {
      lock = await navigator.wakeLock.request("screen")
      lock.addEventListener("release", () => { lock = null })
    } else if (!on && lock) {
      await lock.release()
      lock = null
    }
  } catch {
    lock = null
  }
}
