// The session with the service: its age and what is left of it, how it is renewed, what was restored into it.
import { voicePolicy } from '../../core/connection/policy.ts'
import type { HealthView, Restored } from '../../core/health/window.ts'
import type { LineView } from '../../core/views.ts'
import { clockTime } from '../../core/language/formats.ts'
import type { Language } from '../../core/language/language.ts'
import { useLanguage } from '../hooks.ts'
import { Fact, Facts } from './facts.tsx'

export function Session({ line, health, nowMs }: { line: LineView; health: HealthView; nowMs: number }) {
  const language = useLanguage()
  const { say } = language
  const { restored, handOvers } = health
  return (
    <section class="health-part">
      <h3>{say('session.title')}</h3>
      <Age line={line} nowMs={nowMs} />
      {handOvers > 0 && <p class="quiet">{say('session.renewed', { count: handOvers })}</p>}
      <p class="quiet">{restored === null ? say('session.nothingRestored') : restoredLine(restored, language)}</p>
    </section>
  )
}

function Age({ line, nowMs }: { line: LineView; nowMs: number }) {
  const { say } = useLanguage()
  if (line.type === 'resting') return <p class="nothing">{say('session.resting')}</p>
  if (line.type !== 'live') return <p class="nothing">{say('session.none')}</p>
  const { sinceMs, endsMs, handingOver } = line
  return (
    <div class="session">
      <progress aria-label={say('session.ageBar')} max={endsMs - sinceMs} value={nowMs - sinceMs} />
      <Facts>
        <Fact name={say('session.age')}>{clockTime(nowMs - sinceMs)}</Fact>
        <Fact name={say(handingOver ? 'session.renewing' : 'session.renewedIn')}>
          {handingOver ? say('session.now') : clockTime(endsMs - voicePolicy.handOverBeforeEndMs - nowMs)}
        </Fact>
        <Fact name={say('session.limit')}>{clockTime(endsMs - nowMs)}</Fact>
      </Facts>
      {handingOver && (
        <div class="renewing" role="status">
          <progress aria-label={say('session.renewingBar')} />
          <p>{say('session.renewingNote')}</p>
        </div>
      )}
    </div>
  )
}

function restoredLine({ atMs, items, refused, leftOut }: Restored, { say, timeOfDay }: Language): string {
  const time = timeOfDay(atMs)
  const total = items + refused
  if (total === 0) return say('session.fresh', { time })
  if (leftOut > 0) return say('session.restoredOlder', { count: items, total, time, more: leftOut })
  return say('session.restored', { count: items, total, time })
}
