// Where round trips stand in the drawing of the last minutes. Pure.
import { windowMs, type RoundTrip } from '../core/health/window.ts'

export const widthPx = 320
export const heightPx = 96
const leastScaleMs = 100

/** Where the samples stand, oldest first; the right edge is now. */
export function chartPoints(
  samples: readonly RoundTrip[],
  nowMs: number,
): { points: readonly (readonly [x: number, y: number])[]; scaleMs: number } {
  const highest = Math.max(leastScaleMs, ...samples.map(({ roundTripMs }) => roundTripMs))
  // A round figure, so that the drawing does not jump with every sample.
  const step = 10 ** Math.floor(Math.log10(highest))
  const scaleMs = Math.ceil(highest / step) * step
  const points = samples
    .map(({ atMs, roundTripMs }) => {
      const x = widthPx * (1 - (nowMs - atMs) / windowMs)
      return [Math.round(x * 10) / 10, Math.round(heightPx * (1 - roundTripMs / scaleMs) * 10) / 10] as const
    })
    .filter(([x]) => x >= 0 && x <= widthPx)
  return { points, scaleMs }
}
