// Round trips over the last minutes as a small drawing. The figures beside it say the same in words.
import type { RoundTrip } from '../../core/health/window.ts'
import { useLanguage } from '../hooks.ts'
import { chartPoints, heightPx, widthPx } from '../chart-points.ts'

export function Chart({ samples, nowMs, label }: { samples: readonly RoundTrip[]; nowMs: number; label: string }) {
  const { say } = useLanguage()
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
            {say('health.chartEmpty')}
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
        <span>{say('health.chartBegin')}</span>
        <span>{say('health.chartTop', { count: scaleMs })}</span>
        <span>{say('health.chartEnd')}</span>
      </figcaption>
    </figure>
  )
}
