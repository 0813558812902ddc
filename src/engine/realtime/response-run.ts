// One response from its first event to its last: thoughts in, words and paced speech out, ended exactly once by
// completion, cancellation, its token limit or a failure.
import type { Manner, Thought } from '../ports.ts'
import { joined, samplesPerMs } from './kept-audio.ts'
import type { Pacer } from './pacer.ts'
import type { Outcome, ResponseWriter } from './response-writer.ts'
import { countTextTokens } from './tokens.ts'

export interface Run {
  readonly id: string
  /** Ends the response now; no delta follows. Nothing when it has ended. */
  cancel(reason: 'turn_detected' | 'client_cancelled'): void
  /** Ends it without a word, because nobody is listening any more. */
  abandon(): void
}

export interface RunParts {
  writer: ResponseWriter
  pacer: Pacer
  think(signal: AbortSignal): AsyncIterable<Thought>
  speak(text: string, signal: AbortSignal, manner?: Manner): AsyncIterable<Int16Array>
  /** What it is made from, for the usage. */
  inputTokens(): { text: number; audio: number }
  onEnded(outcome: Outcome | 'abandoned'): void
}

const deltaMs = 100
/** Words sent with each delta of sound: the transcript leads the playback. */
const wordsPerDelta = 2

export function startRun(parts: RunParts): Run {
  const { writer, pacer } = parts
  const stop = new AbortController()
  const { maxOutputTokens } = writer.facts
  let spentTokens = 0
  let ended = false

  function finish(outcome: Outcome): void {
    if (ended) return
    ended = true
    stop.abort()
    writer.end(outcome.status === 'completed' ? 'completed' : 'incomplete')
    writer.done(outcome, parts.inputTokens())
    parts.onEnded(outcome)
  }

  /** False when there are no tokens left for it. */
  function spend(tokens: number): boolean {
    spentTokens += tokens
    return maxOutputTokens === 'inf' || spentTokens <= maxOutputTokens
  }

  function say(words: string): boolean {
    if (!spend(countTextTokens(words))) return false
    writer.words(words)
    return true
  }

  /** @returns false when the limit is reached */
  function write(text: string): boolean {
    return (text.match(/\s*\S+\s*$|\s*\S+/g) ?? []).every((word) => say(word))
  }

  async function speak(text: string, manner?: Manner): Promise<boolean> {
    const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? []
    let within = true
    writer.clause(text)
    for await (const samples of framed(parts.speak(text.trim(), stop.signal, manner))) {
      await pacer.turn(samples.length / samplesPerMs, stop.signal)
      if (stop.signal.aborted) return true
      const next = words.splice(0, wordsPerDelta).join('')
      within = (next === '' || say(next)) && spend(samples.length / samplesPerMs / 50)
      if (!within) break
      writer.sound(samples)
    }
    if (stop.signal.aborted) return true
    if (within && words.length > 0) within = say(words.join(''))
    writer.clauseEnded()
    return within
  }

  async function take(thought: Thought): Promise<boolean> {
    switch (thought.type) {
      case 'text':
      case 'refusal':
        writer.begin()
        return writer.facts.modality === 'text' ? write(thought.text) : speak(thought.text, thought.manner)
      case 'call':
        writer.end('completed')
        writer.call(thought.name, thought.arguments)
        return spend(countTextTokens(`${thought.name} ${thought.arguments}`))
    }
  }

  const isStopped = (): boolean => stop.signal.aborted

  async function run(): Promise<void> {
    for await (const thought of parts.think(stop.signal)) {
      if (isStopped()) return
      const within = await take(thought)
      if (isStopped()) return
      if (!within) {
        finish({ status: 'incomplete', reason: 'max_output_tokens' })
        return
      }
    }
    finish({ status: 'completed' })
  }

  writer.created()
  run().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : 'The response failed.'
    finish({ status: 'failed', error: { type: 'server_error', code: 'response_failed', message } })
  })

  return {
    id: writer.facts.id,
    cancel(reason) {
      finish({ status: 'cancelled', reason })
    },
    abandon() {
      if (ended) return
      ended = true
      stop.abort()
      parts.onEnded('abandoned')
    },
  }
}

/** Pieces of any length as deltas of 100 ms; the last one is what is left. */
async function* framed(pieces: AsyncIterable<Int16Array>): AsyncIterable<Int16Array> {
  const frame = deltaMs * samplesPerMs
  let rest: Int16Array = new Int16Array(0)
  for await (const piece of pieces) {
    rest = rest.length === 0 ? piece : joined([rest, piece])
    let at = 0
    for (; rest.length - at >= frame; at += frame) yield rest.slice(at, at + frame)
    rest = rest.slice(at)
  }
  if (rest.length > 0) yield rest
}
