// What the window cost at the commit before it drew only what is near the screen, measured by this measure on the same, busy
// machine. Larger sizes took minutes and are left out.
import type { WindowFigures } from './measure.ts'

export const beforeAt = '50d13cd'

export const before: readonly (WindowFigures & { turns: number; conversations: number })[] = [
  {
    turns: 200,
    conversations: 100,
    openingMs: 460,
    noticeMs: 23.5,
    answerMs: 124,
    captionLagP95Ms: 4_925,
    busyPercent: 95,
    heapMiB: 2.9,
  },
  {
    turns: 1_000,
    conversations: 100,
    openingMs: 1_316,
    noticeMs: 38.7,
    answerMs: 574,
    captionLagP95Ms: 8_754,
    busyPercent: 98,
    heapMiB: 4.5,
  },
]
