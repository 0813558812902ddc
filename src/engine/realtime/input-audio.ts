// The person's audio: the buffer the client appends to, the turns the speech input finds in it, the items they become and the
// transcription that follows at its own pace. What a finished turn leads to is for connection.ts to decide.
import type { SpeechInput, Transcript } from '../ports.ts'
import { refuse, type Refusal } from './errors.ts'
import { createId } from './ids.ts'
import { samplesPerMs } from './kept-audio.ts'
import { createSampleLog } from './sample-log.ts'
import { turnRule, type SessionConfig, type TurnDetection } from './session-config.ts'
import type { Thread } from './thread.ts'
import { sayTranscription } from './transcription.ts'
import { decodeBase64, samplesOf } from './wire-audio.ts'
import type { Message, Send } from './wire.ts'

export interface InputAudio {
  append(audio: string): Refusal | undefined
  commit(): Refusal | undefined
  clear(): void
  /** The session's turn detection has changed. */
  follow(): void
  /** Milliseconds of audio written to this session. */
  heardMs(): number
  /** Nobody spoke since `fromMs` and the session's patience is over: commits the silence as a turn. */
  timeOut(fromMs: number): void
  /** True between the beginning of a turn and its end. */
  speaking(): boolean
  close(): void
}

export interface InputAudioParts {
  send: Send
  thread: Thread
  input: SpeechInput
  session(): SessionConfig
  onSpeechStarted(detection: TurnDetection): void
  /** A turn found by the speech input has become an item, or came to nothing (null). */
  onTurn(item: string | null, detection: TurnDetection): void
}

const leastCommitMs = 100
/** Audio that waits longer than this without a commit is let go of. */
const maxWaitingMs = 10 * 60_000

export function createInputAudio(parts: InputAudioParts): InputAudio {
  const { send, thread, input } = parts
  const log = createSampleLog(maxWaitingMs * samplesPerMs)
  let oddByte: Buffer = Buffer.alloc(0)
  /** The buffer begins here; a commit or a clear moves it. */
  let start = 0
  let turn: { item: string; committed: boolean } | null = null
  const detection = (): TurnDetection | null => parts.session().audio.input.turn_detection

  function become(item: string, from: number, to: number): void {
    const samples = log.read(from, to)
    const message: Message = {
      id: item,
      object: 'realtime.item',
      type: 'message',
      status: 'completed',
      role: 'user',
      content: [{ type: 'input_audio', transcript: null }],
    }
    send({ type: 'input_audio_buffer.committed', item_id: item, previous_item_id: thread.last() })
    const words = to > from ? input.read(from / samplesPerMs, to / samplesPerMs) : nothing
    words.catch(() => undefined)
    thread.setWords(
      item,
      words.catch(() => unheard),
    )
    thread.audio.append(item, samples)
    thread.add(message)
    thread.finish(message)
    const { transcription } = parts.session().audio.input
    if (transcription) {
      const model = transcription.model ?? ''
      sayTranscription({ send, thread, item, words, audioMs: (to - from) / samplesPerMs, model })
    }
    start = Math.max(start, to)
    log.forget(start)
  }

  input.on('started', ({ audioStartMs }) => {
    const rule = detection()
    if (!rule || turn) return
    turn = { item: createId('item'), committed: false }
    send({ type: 'input_audio_buffer.speech_started', audio_start_ms: Math.round(audioStartMs), item_id: turn.item })
    parts.onSpeechStarted(rule)
  })

  input.on('stopped', ({ audioStartMs, audioEndMs }) => {
    const rule = detection()
    if (!rule || !turn) return
    const { item, committed } = turn
    turn = null
    send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: Math.round(audioEndMs), item_id: item })
    const from = Math.max(start, log.start(), Math.round(audioStartMs * samplesPerMs))
    const to = Math.min(log.end(), Math.round(audioEndMs * samplesPerMs))
    if (to - from < leastCommitMs * samplesPerMs) return parts.onTurn(null, rule)
    const named = committed ? createId('item') : item
    become(named, from, to)
    parts.onTurn(named, rule)
  })

  return {
    append(audio) {
      const bytes = decodeBase64(audio)
      if (!bytes) return refuse.value('audio', "Invalid 'audio': expected base64-encoded audio.")
      const { samples, rest } = samplesOf(oddByte.length > 0 ? Buffer.concat([oddByte, bytes]) : bytes)
      oddByte = Buffer.from(rest)
      if (samples.length === 0) return undefined
      log.push(samples)
      input.hear(samples)
      return undefined
    },
    commit() {
      const from = Math.max(start, log.start())
      const waitingMs = (log.end() - from) / samplesPerMs
      if (waitingMs < leastCommitMs) return refuse.emptyCommit(waitingMs, leastCommitMs)
      const named = turn && !turn.committed ? turn.item : createId('item')
      if (turn) turn.committed = true
      become(named, from, log.end())
      return undefined
    },
    clear() {
      start = log.end()
      log.forget(start)
      oddByte = Buffer.alloc(0)
      send({ type: 'input_audio_buffer.cleared' })
    },
    follow() {
      const rule = detection()
      if (!rule) turn = null
      input.follow(turnRule(rule))
    },
    heardMs: () => log.end() / samplesPerMs,
    timeOut(fromMs) {
      const item = createId('item')
      const from = Math.max(start, log.start(), Math.round(fromMs * samplesPerMs))
      const [startMs, endMs] = [from, log.end()].map((sample) => Math.round(sample / samplesPerMs))
      send({
        type: 'input_audio_buffer.timeout_triggered',
        audio_start_ms: startMs ?? 0,
        audio_end_ms: endMs ?? 0,
        item_id: item,
      })
      become(item, from, log.end())
    },
    speaking: () => turn !== null,
    close: () => input.close(),
  }
}

const unheard: Transcript = { text: '', meanLogProbability: 0 }
const nothing = Promise.resolve(unheard)
