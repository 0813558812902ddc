// The session with the service: its age and what is left of it, how it is renewed, what was restored into it.
import { voicePolicy } from '../../core/connection/policy.ts'
import type { HealthView, Restored } from '../../core/health/window.ts'
import type { LineView } from '../../core/views.ts'
import { clockTime, count, timeOfDay } from '../format.ts'
import { Fact, Facts } from './facts.tsx'

export function Session({ line, health, nowMs }: { line: LineView; health: HealthView; nowMs: number }) {
  const { restored, handOvers } = health
  return (
    <section class="health-part">
      <h3>Session</h3>
      <Age line={line} nowMs={nowMs} />
      {handOvers > 0 && (
        <p class="quiet">
          Renewed {handOvers === 1 ? 'once' : `${count(handOvers)} times`} without a break since Parley started.
        </p>
      )}
      <p class="quiet">{restored === null ? 'Nothing has been restored yet.' : restoredLine(restored)}</p>
    </section>
  )
}

function Age({ line, nowMs }: { line: LineView; nowMs: number }) {
  if (line.type === 'resting')
    return <p class="nothing">Closed while nobody talks, to save money. It opens when you do.</p>
  if (line.type !== 'live') return <p class="nothing">There is no session now.</p>
  const { sinceMs, endsMs, handingOver } = line
  return (
    <div class="session">
      <progress aria-label="Session age" max={endsMs - sinceMs} value={nowMs - sinceMs} />
      <Facts>
        <Fact name="Age">{clockTime(nowMs - sinceMs)}</Fact>
        <Fact name={handingOver ? 'Renewing' : 'Renewed in about'}>
          {handingOver ? 'now' : clockTime(endsMs - voicePolicy.handOverBeforeEndMs - nowMs)}
        </Fact>
        <Fact name="The service’s limit in">{clockTime(endsMs - nowMs)}</Fact>
      </Facts>
      {handingOver && (
        <div class="renewing" role="status">
          <progress aria-label="Renewing the session" />
          <p>The next session is opened and given everything beside this one. Go on talking.</p>
        </div>
      )}
    </div>
  )
}

function restoredLine({ atMs, items, refused, leftOut }: Restored): string {
  const at = timeOfDay(atMs)
  if (items + refused === 0) return `A fresh session; there was nothing to restore (${at}).`
  const older = leftOut > 0 ? ` ${count(leftOut)} older ones are summed up.` : ''
  return `Restored ${count(items)} of ${count(items + refused)} entries, verified at ${at}.${older}`
}
