// The engine's synthesiser: clause by clause to the voice's thread, out again in small chunks. What a clause is, and how fast
// chunks may leave for the wire, are the caller's business.
import type { Synthesiser } from '../ports.ts'
import { voices, type Utterance, type Voice } from './flite.ts'
import { toClauses, toSpokenText } from './spoken-text.ts'
import { openThread } from '../../speech/thread.ts'

/** 100 ms at 24 kHz. */
const chunkSamples = 2400

export interface OpenSynthesiser extends Synthesiser {
  close(): Promise<void>
}

const isVoice = (name: string): name is Voice => voices.some((voice) => voice === name)

/** Loads the voice and says a word to itself, so that the first clause is as quick as the later ones. */
export async function openSynthesiser(): Promise<OpenSynthesiser> {
  const thread = openThread<Utterance, Int16Array>('synthesis-thread', import.meta.url, {})
  await thread.ask({ text: 'Ready.', voice: voices[0], speed: 1 })
  return {
    voices,
    async *speak(text, { voice, speed, signal }) {
      const how = { voice: isVoice(voice) ? voice : voices[0], speed: Math.min(1.5, Math.max(0.25, speed)) }
      const isAborted = (): boolean => signal.aborted
      for (const clause of toClauses(toSpokenText(text))) {
        if (isAborted()) return
        const samples = await thread.ask({ text: clause, ...how })
        for (let at = 0; at < samples.length; at += chunkSamples) {
          if (isAborted()) return
          yield samples.subarray(at, at + chunkSamples)
        }
      }
    },
    close: () => thread.close(),
  }
}
