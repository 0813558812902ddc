// Turns stretches of heard audio into words, and remembers the words of turns so that nothing is read twice.
import type { Transcript } from '../ports.ts'
import { splitAtQuiet, voicedPart, voiceProbability, type HeardAudio } from './heard-audio.ts'
import type { Reading } from '../../speech/moonshine.ts'
import type { Recogniser, Urgency } from '../../speech/recognise.ts'
import { windowMs } from '../../speech/voice-activity.ts'

/** A turn whose words are known or on their way (null: they could not be read). Window numbers. */
export interface ReadTurn {
  from: number
  to: number
  words: Promise<Transcript | null>
}

export interface ReadHow {
  urgency: Urgency
  signal: AbortSignal
  /** Tokens of an earlier reading that began at the same window. */
  draft?: readonly number[]
}

export interface Reader {
  /** @returns null when aborted. The tokens are a draft for a longer reading from the same window. */
  read(from: number, to: number, how: ReadHow): Promise<Reading | null>
  remember(turn: ReadTurn): void
  /** Words of any stretch: from remembered turns when they hold all voice in it, else read anew. */
  recall(from: number, to: number): Promise<Transcript>
}

/** The model was made for utterances; beyond half a minute it loses words. */
const longestWindows = Math.floor(20_000 / windowMs)
/** Silence kept before and after the voice, for soft first and last sounds. */
const marginWindows = Math.ceil(200 / windowMs)
const rememberedTurns = 32
/** Voice shorter than this beside a remembered turn is not worth reading all of it again. */
const strayWindows = 3

export function joinTranscripts(transcripts: readonly Transcript[]): Transcript {
  const spoken = transcripts.filter(({ text }) => text !== '')
  const letters = spoken.reduce((sum, { text }) => sum + text.length, 0)
  return {
    text: spoken.map(({ text }) => text).join(' '),
    // Weighed by length: a long sentence says more about how well somebody is understood.
    meanLogProbability: spoken.reduce((sum, part) => sum + (part.meanLogProbability * part.text.length) / letters, 0),
  }
}

export function createReader({
  heard,
  recogniser,
}: {
  heard: HeardAudio
  recogniser: Pick<Recogniser, 'read'>
}): Reader {
  const remembered: ReadTurn[] = []

  async function read(from: number, to: number, { urgency, signal, draft = [] }: ReadHow): Promise<Reading | null> {
    const voiced = voicedPart(heard, from, to) ?? { from, to }
    const first = Math.max(from, voiced.from - marginWindows)
    const last = Math.min(to, voiced.to + marginWindows)
    const readings: Reading[] = []
    for (const [start, end] of splitAtQuiet(heard, first, last, longestWindows)) {
      const samples = heard.slice(start, end)
      if (samples.length === 0) continue
      const reading = await recogniser.read({ samples, draft: readings.length === 0 ? draft : [], urgency, signal })
      if (!reading) return null
      readings.push(reading)
    }
    return { ...joinTranscripts(readings), tokens: readings[0]?.tokens ?? [] }
  }

  function strayVoice(from: number, to: number, turns: readonly ReadTurn[]): number {
    let stray = 0
    for (let window = from; window < to; window++)
      if (
        heard.probability(window) >= voiceProbability &&
        !turns.some((turn) => window >= turn.from && window < turn.to)
      )
        stray++
    return stray
  }

  return {
    read,
    remember(turn) {
      remembered.push(turn)
      if (remembered.length > rememberedTurns) remembered.shift()
    },
    async recall(from, to) {
      // A caller's milliseconds may be rounded: one window of tolerance.
      const turns = remembered.filter((turn) => turn.from >= from - 1 && turn.to <= to + 1)
      if (turns.length > 0 && strayVoice(from, to, turns) < strayWindows) {
        const words = await Promise.all(turns.map((turn) => turn.words))
        const known = words.filter((transcript) => transcript !== null)
        if (known.length === turns.length) return joinTranscripts(known)
      }
      const transcript = await read(from, to, { urgency: 'turn', signal: new AbortController().signal })
      return transcript ? joinTranscripts([transcript]) : { text: '', meanLogProbability: 0 }
    },
  }
}
