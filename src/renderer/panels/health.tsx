// The connection as it is measured: what it means first, the figures below.
import type { ComponentChildren } from 'preact'
import { judgeHealth } from '../../core/health/verdict.ts'
import { jitterMs, roundTripMs, type HealthView, type Restored } from '../../core/health/window.ts'
import { voicePolicy } from '../../core/connection/policy.ts'
import type { LineView } from '../../core/views.ts'
import { clockTime, count, milliseconds } from '../format.ts'
import { useApp, useKnown, useNow } from '../hooks.ts'
import { Chart } from './chart.tsx'

export function HealthPanel() {
  const app = useApp()
  const { state, health, conversation } = useKnown()
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
        <Fact name="Reconnects">{count(health.reconnects)}</Fact>
        <Fact name="Hand-overs">{count(health.handOvers)}</Fact>
      </Facts>
      <Session line={line} health={health} nowMs={nowMs} />
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

function Session({ line, health, nowMs }: { line: LineView; health: HealthView; nowMs: number }) {
  const { restored } = health
  return (
    <>
      <h3>Session</h3>
      {line.type === 'live' ? (
        <div class="session">
          <progress aria-label="Session age" max={line.endsMs - line.sinceMs} value={nowMs - line.sinceMs} />
          <Facts>
            <Fact name="Age">{clockTime(nowMs - line.sinceMs)}</Fact>
            <Fact name="Renewed in about">{clockTime(line.endsMs - voicePolicy.handOverBeforeEndMs - nowMs)}</Fact>
            <Fact name="The service’s limit in">{clockTime(line.endsMs - nowMs)}</Fact>
          </Facts>
        </div>
      ) : (
        <p class="nothing">There is no session now.</p>
      )}
      <p class="restored">{restored === null ? 'Nothing has been restored yet.' : restoredLine(restored)}</p>
    </>
  )
}

function restoredLine({ atMs, items, refused, leftOut }: Restored): string {
  const at = new Date(atMs).toLocaleTimeString()
  if (items + refused === 0) return `A fresh session; there was nothing to restore (${at}).`
  const older = leftOut > 0 ? ` ${count(leftOut)} older ones are summed up.` : ''
  return `Restored ${count(items)} of ${count(items + refused)} entries, verified at ${at}.${older}`
}

function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>
}

function Fact({ name, isBad = false, children }: { name: string; isBad?: boolean; children: ComponentChildren }) {
  return (
    <div class={isBad ? 'bad' : ''}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
