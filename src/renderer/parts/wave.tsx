// The last seconds of what is heard, as bars: of the voice while it speaks, else of the microphone. A picture beside the words
// that say what is going on.
import { useRef } from 'preact/hooks'
import { useApp, useKnown, useStore } from '../hooks.ts'
import { loudness } from './meter.tsx'

const bars = 24
const barPx = 4
const heightPx = 24
const leastPx = 2

export function Wave() {
  const levels = useStore(useApp().levels)
  const presence = useKnown((known) => known.state.presence)
  const heard = useRef<{ of: object; heights: number[] }>({ of: levels, heights: [] })
  if (heard.current.of !== levels) {
    const level = loudness(presence === 'speaking' ? levels.speaker : levels.microphone)
    heard.current = { of: levels, heights: [...heard.current.heights, level].slice(-bars) }
  }
  const { heights } = heard.current
  const path = Array.from({ length: bars }, (_, at) => {
    const level = heights[at - bars + heights.length] ?? 0
    const px = Math.max(leastPx, Math.round(level * heightPx))
    return `M${at * barPx + barPx / 2} ${(heightPx - px) / 2}v${px}`
  }).join('')
  return (
    <svg class="wave" viewBox={`0 0 ${bars * barPx} ${heightPx}`} aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
