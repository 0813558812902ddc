// Round trips over the last minutes as a small drawing. The figures beside it say the same in words.
import { windowMs, type RoundTrip } from '../../core/health/window.ts'

const widthPx = 320
const heightPx = 96
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

export function Chart({ samples, nowMs, label }: { samples: readonly RoundTrip[]; nowMs: number; label: string }) {
  const { points, scaleMs } = chartPoints(samples, nowMs)
  const line = points.map((point) => point.join(',')).join(' ')
  const [first] = points
  const last = points.at(-1)
  return (
    <figure class="chart">
      <svg viewBox={`0 -4 ${widthPx} ${heightPx + 8}`} role="img" aria-label={label}>
        {[0, 0.5, 1].map((part) => (
          <line class="chart-grid" x1="0" x2={widthPx} y1={heightPx * part} y2={heightPx * part} key={part} />
        ))}
        {!first && (
          <text class="chart-empty" x={widthPx / 2} y={heightPx / 2 - 6}>
            Measured once connected
          </text>
        )}
        {first && last && (
          <>
            <polygon class="chart-area" points={`${first[0]},${heightPx} ${line} ${last[0]},${heightPx}`} />
            <polyline class="chart-line" points={line} />
            <circle class="chart-now" cx={last[0]} cy={last[1]} r="3.5" />
          </>
        )}
      </svg>
      <figcaption>
        <span>5 min ago</span>
        <span>top {scaleMs} ms</span>
        <span>now</span>
      </figcaption>
    </figure>
  )
}
