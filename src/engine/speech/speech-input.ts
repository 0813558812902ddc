// One connection's input: 24 kHz audio in, turns out. Every event but `partial` depends on the audio alone, not on when or
// in what pieces it arrives; captions come as there is time for them.
import { createEmitter } from '../../core/emitter.ts'
import type { SpeechInput, SpeechInputEvents, Transcript, TurnRule } from '../ports.ts'
import { waitsMs, type Completeness } from './end-of-turn.ts'
import { createHeardAudio } from './heard-audio.ts'
import { createReader, joinTranscripts, type Reader } from './reader.ts'
import type { Reading } from '../../speech/moonshine.ts'
import type { Recogniser } from '../../speech/recognise.ts'
import type { CreateResampler } from './resample.ts'
import { noTurn, silenceMs, step, thresholdsAt, type Turn } from './turn.ts'
import { windowMs, windowSamples, type Listener } from '../../speech/voice-activity.ts'

export interface SpeechInputParts {
  listen: Listener
  createResampler: CreateResampler
  recogniser: Pick<Recogniser, 'read'>
  /** Somebody speaks, or what is heard will be read whatever it is. */
  onVoice?: () => void
  completeness: (text: string) => Completeness
  onError: (error: unknown) => void
}

/** Older audio is forgotten: a turn longer than this keeps the words already read and loses the rest of its beginning. */
const keepMs = 180_000
/** A pause this long may be the end: its words are read at once, and thrown away when the voice comes back. */
const readAfterMs = 64
/** What is said after such a pause is read on its own once the turn is long, so that reading its end stays quick. */
const restMs = 256
const longTurnMs = 5000
const captionEveryMs = 600
const semanticVoice = { prefixPaddingMs: 300, threshold: 0.5 }

/** The turn being heard: what is settled of its words, and what is being read of its open end. */
interface OpenTurn {
  fromWindow: number
  openFrom: number
  settled: Transcript[]
  reading: { words: Promise<Reading | null>; abort: AbortController } | null
  /** What was last read of the open end, for the next reading of it. */
  draft: readonly number[]
  caption: AbortController | null
  captionedMs: number
}

const msAt = (windows: number): number => windows * windowMs

export function createSpeechInput(parts: SpeechInputParts): SpeechInput {
  const events = createEmitter<SpeechInputEvents>(parts.onError)
  const heard = createHeardAudio({ keepMs })
  const resampler = parts.createResampler({ fromHz: 24_000, toHz: 16_000 })
  const reader: Reader = createReader({ heard, recogniser: parts.recogniser })
  let rule: TurnRule = { type: 'none' }
  let voice: Turn = noTurn
  let open: OpenTurn | null = null
  let lastEnd = 0
  let rest: Int16Array = new Int16Array(0)
  let queue = Promise.resolve()
  let closed = false

  const enqueue = (act: () => Promise<void> | void): void => {
    queue = queue.then(async () => {
      if (!closed) await act()
    })
    queue = queue.catch(parts.onError)
  }

  function dropTurn(): void {
    open?.reading?.abort.abort()
    open?.caption?.abort()
    open = null
    voice = noTurn
  }

  function startTurn(voiceFrom: number): OpenTurn {
    const paddingMs = rule.type === 'server_vad' ? rule.prefixPaddingMs : semanticVoice.prefixPaddingMs
    const fromWindow = Math.max(lastEnd, voiceFrom - Math.round(paddingMs / windowMs))
    parts.onVoice?.()
    events.emit('started', { audioStartMs: msAt(fromWindow) })
    const captionedMs = msAt(voiceFrom)
    return { fromWindow, openFrom: fromWindow, settled: [], reading: null, draft: [], caption: null, captionedMs }
  }

  function keepPartial(turn: OpenTurn, openFrom: number, words: Reading | null): void {
    if (closed || open !== turn || !words || turn.openFrom !== openFrom) return
    turn.draft = words.tokens
    const { text } = joinTranscripts([...turn.settled, words])
    if (text !== '') events.emit('partial', { text })
  }

  function readOpenEnd(turn: OpenTurn): void {
    turn.caption?.abort()
    turn.caption = null
    const abort = new AbortController()
    const { openFrom, draft } = turn
    const how = { urgency: 'turn', signal: abort.signal, draft } as const
    const words = reader.read(openFrom, heard.windows(), how).catch((error: unknown) => {
      parts.onError(error)
      return null
    })
    turn.reading = { words, abort }
    void words.then((read) => keepPartial(turn, openFrom, read))
  }

  function caption(turn: OpenTurn): void {
    if (turn.caption || msAt(heard.windows()) - turn.captionedMs < captionEveryMs) return
    const abort = (turn.caption = new AbortController())
    turn.captionedMs = msAt(heard.windows())
    const { openFrom, draft } = turn
    reader
      .read(openFrom, heard.windows(), { urgency: 'caption', signal: abort.signal, draft })
      .then((words) => keepPartial(turn, openFrom, words), parts.onError)
      .finally(() => {
        if (turn.caption === abort) turn.caption = null
      })
      .catch(parts.onError)
  }

  /** The voice came back after a pause. */
  async function resume(turn: OpenTurn, pauseMs: number, voiceTo: number): Promise<void> {
    const reading = turn.reading
    turn.reading = null
    if (pauseMs < restMs || msAt(voiceTo - turn.openFrom) < longTurnMs) return reading?.abort.abort()
    const words = await reading?.words
    if (!words) return
    turn.settled.push(words)
    turn.draft = []
    turn.openFrom = voiceTo + Math.floor(restMs / windowMs / 2)
  }

  /** @returns the silence that ends the turn, given that `silence` has passed */
  async function neededMs(turn: OpenTurn, passedMs: number): Promise<number> {
    switch (rule.type) {
      case 'none':
        return Infinity
      case 'server_vad':
        return rule.silenceDurationMs
      case 'semantic_vad': {
        const waits = waitsMs[rule.eagerness]
        if (passedMs < waits.whole) return waits.whole
        const words = await turn.reading?.words
        return waits[parts.completeness(joinTranscripts([...turn.settled, ...(words ? [words] : [])]).text)]
      }
    }
  }

  async function judgePause(turn: OpenTurn, passedMs: number): Promise<void> {
    if (!turn.reading && passedMs >= readAfterMs) readOpenEnd(turn)
    if (passedMs === 0 || passedMs < (await neededMs(turn, passedMs))) return
    if (!turn.reading) readOpenEnd(turn)
    const toWindow = heard.windows()
    const settled = [...turn.settled]
    const words = turn.reading?.words.then((end) => (end ? joinTranscripts([...settled, end]) : null))
    if (words) reader.remember({ from: turn.fromWindow, to: toWindow, words })
    lastEnd = toWindow
    open = null
    voice = noTurn
    events.emit('stopped', { audioStartMs: msAt(turn.fromWindow), audioEndMs: msAt(toWindow) })
  }

  async function judge(window: Int16Array): Promise<void> {
    const probability = await parts.listen(window)
    const number = heard.windows()
    heard.add(window, probability)
    if (rule.type === 'none') parts.onVoice?.()
    if (rule.type === 'none' || closed) return
    const before = voice
    const threshold = rule.type === 'server_vad' ? rule.threshold : semanticVoice.threshold
    voice = step(voice, number, probability, thresholdsAt(threshold))
    switch (voice.type) {
      case 'quiet':
        return
      case 'voiced':
        open ??= startTurn(voice.from)
        if (before.type === 'paused') await resume(open, msAt(number - before.voiceTo), before.voiceTo)
        caption(open)
        return
      case 'paused':
        if (open) await judgePause(open, silenceMs(voice, heard.windows()))
    }
  }

  return {
    hear(samples) {
      if (closed) return
      const fresh = resampler.push(samples)
      const all = new Int16Array(rest.length + fresh.length)
      all.set(rest)
      all.set(fresh, rest.length)
      const whole = all.length - (all.length % windowSamples)
      rest = all.slice(whole)
      for (let at = 0; at < whole; at += windowSamples) {
        const window = all.slice(at, at + windowSamples)
        enqueue(() => judge(window))
      }
    },
    follow: (next) =>
      enqueue(() => {
        rule = next
        if (next.type === 'none') dropTurn()
      }),
    async read(fromMs, toMs) {
      const to = Math.ceil(toMs / windowMs)
      if (heard.windows() < to) await queue
      return reader.recall(Math.floor(fromMs / windowMs), to)
    },
    settled: () => queue,
    on: (name, listen) => events.on(name, listen),
    close() {
      if (closed) return
      closed = true
      dropTurn()
      events.clear()
      resampler.close()
    },
  }
}
