// The connection as it is measured: what it means first, the figures below.
import { judgeHealth } from '../../core/health/verdict.ts'
import { jitterMs, roundTripMs, type HealthView } from '../../core/health/window.ts'
import { wordsOfLosses } from '../../core/losses.ts'
import { clockTime, count, dataAmount, milliseconds, timeOfDay } from '../format.ts'
import { useApp, useKnown, useNow } from '../hooks.ts'
import { Chart } from './chart.tsx'
import { ContextMeter } from './context-meter.tsx'
import { Fact, Facts } from './facts.tsx'
import { HappenedAt } from './happened.tsx'
import { Session } from './session.tsx'
import { SpendingToday } from './spending.tsx'

export function HealthPanel({ onHolds }: { onHolds: () => void }) {
  const app = useApp()
  const state = useKnown((known) => known.state)
  const health = useKnown((known) => known.health)
  const conversation = useKnown((known) => known.conversation)
  const nowMs = useNow(1_000)
  const { line } = state
  const verdict = judgeHealth(line, health, nowMs)
  const roundTrip = roundTripMs(health.roundTrips)
  const jitter = jitterMs(health.roundTrips)
  const { usage } = conversation
  return (
    <div class="health">
      <div class={`verdict-card ${verdict.grade}`}>
        <i class="dot" aria-hidden="true" />
        <div>
          <strong>{verdict.summary}</strong>
          <p>{verdict.advice ?? 'Nothing to do: your voice and the answers arrive in time.'}</p>
        </div>
        {line.type !== 'live' && (
          <button type="button" onClick={() => void app.ask('retry', null)}>
            Connect now
          </button>
        )}
      </div>
      <Chart
        samples={health.roundTrips}
        nowMs={nowMs}
        label={`Round trip over five minutes: now ${milliseconds(roundTrip)}, jitter ${milliseconds(jitter)}`}
      />
      <Facts>
        <Fact name="Round trip">{milliseconds(roundTrip)}</Fact>
        <Fact name="Jitter">{milliseconds(jitter)}</Fact>
        <Fact name="Sound sent">{count(health.sentFrames)} frames</Fact>
        <Fact name="Sound dropped" isBad={health.droppedFrames > 0}>
          {count(health.droppedFrames)} frames
        </Fact>
        <Fact name="Waiting to be played">{milliseconds(health.queuedMs)}</Fact>
        <Fact name="Gaps in playback" isBad={health.underruns > 0}>
          {count(health.underruns)}
        </Fact>
        <Fact name="Waiting to be sent">{dataAmount(health.bufferedBytes)}</Fact>
        <Fact name="Last heard of">{lastHeard(health, nowMs)}</Fact>
        <Fact name="Way out">{health.proxy === null ? 'straight' : <bdi>{health.proxy}</bdi>}</Fact>
        <Fact name="Hand-overs">{count(health.handOvers)}</Fact>
        <Fact name="Reconnects">{count(health.reconnects)}</Fact>
        <Fact name="Without a line today" isBad={health.outageMsToday > 0}>
          {clockTime(health.outageMsToday)}
        </Fact>
        <Fact name="Not understood" isBad={health.brokenEvents > 0}>
          {notUnderstood(health)}
        </Fact>
      </Facts>
      <Breaks health={health} />
      <Session line={line} health={health} nowMs={nowMs} />
      <ContextMeter context={health.context} onHolds={onHolds} />
      <SpendingToday />
      <HappenedAt nowMs={nowMs} />
      <h3>Tokens in this conversation</h3>
      <Facts>
        <Fact name="Heard">{count(usage.inputAudioTokens)} audio</Fact>
        <Fact name="Read">{count(usage.inputTextTokens)} text</Fact>
        <Fact name="Spoken">{count(usage.outputAudioTokens)} audio</Fact>
        <Fact name="Written">{count(usage.outputTextTokens)} text</Fact>
        <Fact name="Of the input, cached">{count(usage.cachedTokens)}</Fact>
        <Fact name="Sessions so far">{count(conversation.sessions)}</Fact>
      </Facts>
    </div>
  )
}

function lastHeard({ lastEventMs }: HealthView, nowMs: number): string {
  return lastEventMs === null ? '–' : `${clockTime(nowMs - lastEventMs)} ago`
}

function Breaks({ health: { breaks } }: { health: HealthView }) {
  if (breaks.length === 0) return null
  return (
    <section class="health-part">
      <h3>The line broke</h3>
      <ul class="breaks">
        {breaks.toReversed().map(({ atMs, cause }) => (
          <li key={atMs}>
            <time dateTime={new Date(atMs).toISOString()}>{timeOfDay(atMs)}</time>
            <span>{cause}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Of what the service sent: how much was dropped, and all that was left out with its causes. */
function notUnderstood({ brokenEvents, losses }: HealthView): string {
  return [`${count(brokenEvents)} events`, ...wordsOfLosses(losses)].join('; ')
}
