// Whether a click on a question was meant for it: the card stood where it stands, and the hand came to it for this.

export interface Place {
  left: number
  top: number
  width: number
  height: number
}

/** Smaller shifts are those of fonts and rounding. */
const movedPixels = 4

export function hasMoved(before: Place, now: Place): boolean {
  return (['left', 'top', 'width', 'height'] as const).some((side) => Math.abs(before[side] - now[side]) > movedPixels)
}

/** @param press what the browser says of the click: by whom, and the how-manieth in a row (0 by key) */
export function isMeant(press: { isTrusted: boolean; detail: number }): boolean {
  return press.isTrusted && press.detail <= 1
}
