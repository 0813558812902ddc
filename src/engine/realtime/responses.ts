// Which responses of a session run: one that writes to the conversation at a time, a few out of band beside it. Joins
// the mind, the synthesiser and the writer of events; what a response looks like on the wire is response-writer.ts's.
import type { Manner, Ask, EngineClock, Mind, Speech, Thought, Transcript } from '../ports.ts'
import { refuse, type Refusal } from './errors.ts'
import { createId } from './ids.ts'
import { createPacer } from './pacer.ts'
import { planResponse, type ResponsePlan } from './response-params.ts'
import { startRun, type Run } from './response-run.ts'
import { createResponseWriter, type Outcome, type ResponseWriter } from './response-writer.ts'
import type { SessionConfig } from './session-config.ts'
import type { Thread } from './thread.ts'
import { countHeardTokens, countTextTokens } from './tokens.ts'
import type { Item, Send } from './wire.ts'

/** How many responses out of band may run at once; one more fails as rate limited. */
const maxAside = 8

export interface Responses {
  create(wanted: unknown): Refusal | undefined
  /** Says a text of the engine's own. False when a response is active. `said` is false when nobody was left to hear it. */
  say(text: string, ended: (said: boolean) => void): boolean
  cancel(id?: string | null): Refusal | undefined
  /** The person began to speak. */
  interrupt(): void
  active(): boolean
  /** When everything sent will have been played, by the engine's reckoning; milliseconds since 1970. */
  playedAtMs(): number
  /** True once audio was made for the conversation: its voice stays as it is. */
  voiceFrozen(): boolean
  abandon(): void
}

export interface ResponsesParts {
  send: Send
  thread: Thread
  conversation: string
  session: () => SessionConfig
  clock: EngineClock
  speech: Promise<Speech>
  mind: Mind
  /** Words of audio that was never heard live: an item the client wrote. */
  readAlone: (samples: Int16Array) => Promise<Transcript>
  lineClear: () => Promise<void>
  /** A response that wrote to the conversation has ended. */
  onEnded: (outcome: Outcome | 'abandoned') => void
}

export function createResponses(parts: ResponsesParts): Responses {
  const { send, thread, clock, mind } = parts
  const pacer = createPacer(clock, parts.lineClear)
  const aside = new Set<Run>()
  let active: Run | null = null
  let voiceFrozen = false

  function writerOf(plan: ResponsePlan): ResponseWriter {
    const facts = {
      id: createId('resp'),
      conversation: plan.outOfBand ? null : parts.conversation,
      modality: plan.modality,
      maxOutputTokens: plan.maxOutputTokens,
      metadata: plan.metadata,
      audio: { format: { type: 'audio/pcm', rate: 24_000 } as const, voice: plan.voice },
    }
    return createResponseWriter({ send, thread, facts })
  }

  async function* speak(
    plan: ResponsePlan,
    text: string,
    signal: AbortSignal,
    { speed, gain }: Manner = { speed: 1, gain: 1 },
  ): AsyncIterable<Int16Array> {
    const { synthesiser } = await parts.speech
    const pace = Math.min(1.5, Math.max(0.25, parts.session().audio.output.speed * speed))
    for await (const samples of synthesiser.speak(text, { voice: plan.voice, speed: pace, signal })) {
      if (signal.aborted) return
      if (!plan.outOfBand) voiceFrozen = true
      yield gain === 1 ? samples : samples.map((sample) => sample * gain)
    }
  }

  async function* think(plan: ResponsePlan, items: readonly Item[], signal: AbortSignal): AsyncIterable<Thought> {
    const memos = (await thread.memos(items)).filter(
      (memo) => memo.type !== 'message' || memo.role !== 'assistant' || memo.text !== '',
    )
    if (signal.aborted) return
    const ask: Ask = {
      session: parts.session().id,
      memos,
      instructions: plan.instructions,
      tools: plan.tools,
      toolChoice: plan.toolChoice,
      signal,
    }
    yield* mind.reply(ask)
  }

  type Source = (items: readonly Item[], signal: AbortSignal) => AsyncIterable<Thought>

  function start(plan: ResponsePlan, source: Source, ended?: (outcome: Outcome | 'abandoned') => void): void {
    const items = plan.input ? plan.input.map(({ item }) => item) : thread.items()
    for (const { item, samples } of plan.input ?? []) if (samples) thread.setWords(item.id, parts.readAlone(samples))
    const writer = writerOf(plan)
    if (plan.outOfBand && aside.size >= maxAside) return failAtOnce(writer)
    const started: { run?: Run } = {}
    const run = startRun({
      writer,
      pacer: plan.outOfBand ? createPacer(clock, parts.lineClear) : pacer,
      think: (signal) => source(items, signal),
      speak: (text, signal, manner) => speak(plan, text, signal, manner),
      inputTokens: () => inputTokensOf(plan, items, thread),
      onEnded(outcome) {
        if (started.run) aside.delete(started.run)
        if (outcome !== 'abandoned') sayRateLimits(send)
        ended?.(outcome)
        if (plan.outOfBand) return
        active = null
        parts.onEnded(outcome)
      },
    })
    started.run = run
    if (plan.outOfBand) aside.add(run)
    else active = run
  }

  function failAtOnce(writer: ResponseWriter): void {
    const message = `Rate limit reached: at most ${maxAside} responses out of band at a time.`
    writer.created()
    writer.done(
      { status: 'failed', error: { type: 'invalid_request_error', code: 'rate_limit_exceeded', message } },
      { text: 0, audio: 0 },
    )
    sayRateLimits(send)
  }

  return {
    create(wanted) {
      const plan = planResponse(wanted, parts.session(), thread.items())
      if (!('modality' in plan)) return plan
      if (!plan.outOfBand && active) return refuse.activeResponse(active.id)
      if (!plan.outOfBand && voiceFrozen && plan.voice !== parts.session().audio.output.voice) return refuse.voice()
      start(plan, (items, signal) => think(plan, items, signal))
      return undefined
    },
    say(text, ended) {
      const plan = planResponse({}, parts.session(), thread.items())
      if (active || !('modality' in plan)) return false
      start(
        plan,
        async function* () {
          yield await Promise.resolve({ type: 'text', text } as const)
        },
        (outcome) => ended(outcome !== 'abandoned'),
      )
      return true
    },
    cancel(id) {
      const wanted = id ? [active, ...aside].find((run) => run?.id === id) : active
      if (!wanted) return refuse.nothingToCancel()
      if (wanted === active) pacer.cut()
      wanted.cancel('client_cancelled')
      return undefined
    },
    interrupt() {
      active?.cancel('turn_detected')
      pacer.cut()
    },
    active: () => active !== null,
    playedAtMs: () => pacer.playedAtMs(),
    voiceFrozen: () => voiceFrozen,
    abandon() {
      for (const run of [active, ...aside]) run?.abandon()
    },
  }
}

function inputTokensOf(plan: ResponsePlan, items: readonly Item[], thread: Thread): { text: number; audio: number } {
  const tools = plan.tools.length > 0 ? JSON.stringify(plan.tools) : ''
  let text = countTextTokens(plan.instructions) + countTextTokens(tools)
  let audio = 0
  for (const item of items) {
    if (item.type === 'message' && item.content.some((part) => part.type === 'input_audio'))
      audio += countHeardTokens(thread.audio.durationMs(item.id))
    else text += countTextTokens(wordsOf(item))
  }
  return { text, audio }
}

function wordsOf(item: Item): string {
  switch (item.type) {
    case 'message':
      return item.content
        .map((part) => ('text' in part ? part.text : 'transcript' in part ? (part.transcript ?? '') : ''))
        .join(' ')
    case 'function_call':
      return `${item.name} ${item.arguments}`
    case 'function_call_output':
      return item.output
  }
}

/** The engine sets no limit on tokens; the event is sent because clients wait for it. */
function sayRateLimits(send: Send): void {
  const limit = Number.MAX_SAFE_INTEGER
  send({ type: 'rate_limits.updated', rate_limits: [{ name: 'tokens', limit, remaining: limit, reset_seconds: 0 }] })
}
