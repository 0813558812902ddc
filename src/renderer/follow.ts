// Keeps in sight what is being heard: the line in which the voice is, or the newest words; until a hand scrolls elsewhere, and
// again when it comes back.

export interface Follow {
  /** Something has moved: stay with it. */
  look(): void
  /** Go to what is heard now and stay with it. */
  again(): void
  /** Stay where it is. */
  leave(): void
  scrolled(): void
  /** A hand is at it: what scrolls from now on is its doing. */
  touched(): void
  isAway(): boolean
}

/** So near the end one wants to see what comes. */
const nearPx = 120
/** The voice's line stands no lower than this part of the height, so that one sees what comes next. */
const lineAt = 0.65
/** A flick of the finger scrolls on for so long. */
const handMs = 1_500

/** @param place where the words begin that have not sounded; null when nothing is being said */
export function createFollow(opts: {
  box: () => HTMLElement | null
  place: () => Range | null
  onAway: (isAway: boolean) => void
}): Follow {
  let isFollowing = true
  let touchedMs = Number.NEGATIVE_INFINITY
  /** As it was left here: what scrolls elsewhere from there was not done here. */
  let left = { top: 0, height: 0, room: 0 }

  /** Where the box should stand now; null where it may stay. */
  function wanted(box: HTMLElement): number | null {
    const end = box.scrollHeight - box.clientHeight
    const place = opts.place()
    if (place === null) return end
    const frame = box.getBoundingClientRect()
    const line = place.getClientRects()[0]
    if (line === undefined) return end
    const below = line.bottom - (frame.top + frame.height * lineAt)
    if (below > 0) return Math.min(end, box.scrollTop + below)
    return line.top < frame.top ? box.scrollTop - (frame.top - line.top) - frame.height * (1 - lineAt) : null
  }

  function follow(isNow: boolean): void {
    if (isFollowing === isNow) return
    isFollowing = isNow
    opts.onAway(!isNow)
  }

  function look(): void {
    const box = opts.box()
    if (!box || !isFollowing) return
    // Where nothing was said yet, what one reads first stands at the top.
    const top = box.querySelector('.lines') === null ? 0 : wanted(box)
    if (top !== null && Math.abs(top - box.scrollTop) > 1) box.scrollTop = top
    left = { top: box.scrollTop, height: box.scrollHeight, room: box.clientHeight }
  }

  /** By wheel, finger or key, or by whatever brings a control into sight; not because rows have grown. */
  function isElsewhere(box: HTMLElement): boolean {
    if (performance.now() - touchedMs < handMs) return true
    const isAsLeft = left.height === box.scrollHeight && left.room === box.clientHeight
    return isAsLeft && Math.abs(left.top - box.scrollTop) > 2
  }

  return {
    look,
    isAway: () => !isFollowing,
    again() {
      touchedMs = Number.NEGATIVE_INFINITY
      follow(true)
      look()
    },
    leave: () => follow(false),
    touched() {
      touchedMs = performance.now()
    },
    scrolled() {
      const box = opts.box()
      if (!box || !isElsewhere(box)) return
      const now = wanted(box)
      follow(now === null || Math.abs(now - box.scrollTop) < nearPx)
    },
  }
}
