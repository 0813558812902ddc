// How long a conversation that was opened by its name stays open for more: a ring that shrinks, and its seconds in words.
import { useEffect, useState } from 'preact/hooks'
import { useKnown, useLanguage } from '../hooks.ts'

const radius = 7
const around = 2 * Math.PI * radius

export function OpenRing() {
  const { say } = useLanguage()
  const named = useKnown((known) => known.state.named)
  const closesMs = named?.open === true ? named.closesMs : null
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (closesMs === null) return undefined
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), 250)
    return () => clearInterval(timer)
  }, [closesMs])
  if (named === undefined || closesMs === null) return null
  // Another device's clock may be another one.
  const leftMs = Math.max(0, Math.min(named.lastsMs, closesMs - nowMs))
  const seconds = Math.ceil(leftMs / 1_000)
  return (
    <span class="open-ring" role="img" aria-label={say('talk.staysOpen', { count: seconds })}>
      <svg viewBox="0 0 18 18" aria-hidden="true">
        <circle class="open-ring-track" cx="9" cy="9" r={radius} />
        <circle
          class="open-ring-left"
          cx="9"
          cy="9"
          r={radius}
          stroke-dasharray={around}
          stroke-dashoffset={around * (1 - leftMs / named.lastsMs)}
        />
      </svg>
      <span aria-hidden="true">{seconds}</span>
    </span>
  )
}
