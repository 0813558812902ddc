// The connection as it is measured: what it means first, the figures below.
import { judgeHealth } from '../../core/health/verdict.ts'
import { jitterMs, roundTripMs, type HealthView } from '../../core/health/window.ts'
import { clockTime } from '../../core/language/formats.ts'
import type { Say } from '../../core/language/messages.ts'
import { wordsOfLosses } from '../../core/losses.ts'
import { useApp, useKnown, useLanguage, useMay, useNow } from '../hooks.ts'
import { EchoFacts } from './echo.tsx'
import { Chart } from './chart.tsx'
import { ContextMeter } from './context-meter.tsx'
import { Fact, Facts } from './facts.tsx'
import { HappenedAt } from './happened.tsx'
import { Session } from './session.tsx'
import { SpendingToday } from './spending.tsx'

export function HealthPanel({ onHolds }: { onHolds: () => void }) {
  const app = useApp()
  const language = useLanguage()
  const { say, count, dataAmount, milliseconds } = language
  const state = useKnown((known) => known.state)
  const health = useKnown((known) => known.health)
  const conversation = useKnown((known) => known.conversation)
  const nowMs = useNow(1_000)
  const { line } = state
  const verdict = judgeHealth(line, health, nowMs, language)
  const mayRetry = useMay('type')
  const roundTrip = roundTripMs(health.roundTrips)
  const jitter = jitterMs(health.roundTrips)
  const { usage } = conversation
  return (
    <div class="health">
      <div class={`verdict-card ${verdict.grade}`}>
        <i class="dot" aria-hidden="true" />
        <div>
          <strong>{verdict.summary}</strong>
          <p>{verdict.advice ?? say('health.allIsWell')}</p>
        </div>
        {line.type !== 'live' && mayRetry && (
          <button type="button" onClick={() => void app.ask('retry', null)}>
            {say('health.connectNow')}
          </button>
        )}
      </div>
      <Chart
        samples={health.roundTrips}
        nowMs={nowMs}
        label={say('health.chart', { time: milliseconds(roundTrip), span: milliseconds(jitter) })}
      />
      <Facts>
        <Fact name={say('health.roundTrip')}>{milliseconds(roundTrip)}</Fact>
        <Fact name={say('health.jitter')}>{milliseconds(jitter)}</Fact>
        <Fact name={say('health.sent')}>{say('health.frames', { count: health.sentFrames })}</Fact>
        <Fact name={say('health.dropped')} isBad={health.droppedFrames > 0}>
          {say('health.frames', { count: health.droppedFrames })}
        </Fact>
        <Fact name={say('health.queued')}>{milliseconds(health.queuedMs)}</Fact>
        <Fact name={say('health.gaps')} isBad={health.underruns > 0}>
          {count(health.underruns)}
        </Fact>
        <Fact name={say('health.playBuffer')}>{milliseconds(health.playBufferMs)}</Fact>
        <Fact name={say('health.notPlayed')} isBad={health.notPlayedMs > 0}>
          {milliseconds(health.notPlayedMs)}
        </Fact>
        <Fact name={say('health.sentToday')}>{amountOf(health.sentToday.sentMs, dataAmount)}</Fact>
        <Fact name={say('health.keptToday')}>{amountOf(health.sentToday.keptMs, dataAmount)}</Fact>
        <EchoFacts echo={health.echo} />
        <Fact name={say('health.buffered')}>{dataAmount(health.bufferedBytes)}</Fact>
        <Fact name={say('health.lastHeard')}>{lastHeard(health, nowMs, say)}</Fact>
        <Fact name={say('health.wayOut')}>
          {health.proxy === null ? say('health.straight') : <bdi>{health.proxy}</bdi>}
        </Fact>
        <Fact name={say('health.handOvers')}>{count(health.handOvers)}</Fact>
        <Fact name={say('health.reconnects')}>{count(health.reconnects)}</Fact>
        <Fact name={say('health.outage')} isBad={health.outageMsToday > 0}>
          {clockTime(health.outageMsToday)}
        </Fact>
        <Fact name={say('health.notUnderstood')} isBad={health.brokenEvents > 0}>
          {notUnderstood(health, say)}
        </Fact>
        <Fact name={say('health.notUnderstoodWork')} isBad={health.work.brokenEvents > 0}>
          {notUnderstood(health.work, say)}
        </Fact>
      </Facts>
      <Breaks health={health} />
      <Session line={line} health={health} nowMs={nowMs} />
      <ContextMeter context={health.context} onHolds={onHolds} />
      <SpendingToday />
      <HappenedAt nowMs={nowMs} />
      <h3>{say('health.tokens')}</h3>
      <Facts>
        <Fact name={say('tokens.heard')}>{say('health.audioTokens', { count: usage.inputAudioTokens })}</Fact>
        <Fact name={say('tokens.read')}>{say('health.textTokens', { count: usage.inputTextTokens })}</Fact>
        <Fact name={say('tokens.spoken')}>{say('health.audioTokens', { count: usage.outputAudioTokens })}</Fact>
        <Fact name={say('tokens.written')}>{say('health.textTokens', { count: usage.outputTextTokens })}</Fact>
        <Fact name={say('tokens.cached')}>{count(usage.cachedTokens)}</Fact>
        <Fact name={say('health.sessions')}>{count(conversation.sessions)}</Fact>
      </Facts>
    </div>
  )
}

function lastHeard({ lastEventMs }: HealthView, nowMs: number, say: Say): string {
  return lastEventMs === null ? '–' : say('health.ago', { span: clockTime(nowMs - lastEventMs) })
}

function Breaks({ health: { breaks } }: { health: HealthView }) {
  const { say, told, timeOfDay } = useLanguage()
  if (breaks.length === 0) return null
  return (
    <section class="health-part">
      <h3>{say('health.breaks')}</h3>
      <ul class="breaks">
        {breaks.toReversed().map(({ atMs, cause }) => (
          <li key={atMs}>
            <time dateTime={new Date(atMs).toISOString()}>{timeOfDay(atMs)}</time>
            <span>{told(cause)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Of what the service sent: how much was dropped, and all that was left out with its causes. */
function notUnderstood({ brokenEvents, losses }: HealthView['work'], say: Say): string {
  return [say('health.events', { count: brokenEvents }), ...wordsOfLosses(losses)].join('; ')
}

/** PCM16 at 24 kHz as base64. */
const bytesPerMs = 64

function amountOf(ms: number, dataAmount: (bytes: number) => string): string {
  return `${clockTime(ms)} · ${dataAmount(ms * bytesPerMs)}`
}
