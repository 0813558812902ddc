// Listens for a phrase in what the microphone gives: which sound is worth reading says core/audio/name-watch.ts, whether it is the
// phrase the process of hearing.ts. Until then nothing of the sound leaves this place but to that process; none of it is kept.
import { createNameWatch, type NameWatchEvent } from '../../core/audio/name-watch.ts'
import { sampleRateHz } from '../../core/audio/pcm.ts'
import { voiceModel } from '../../core/audio/voice-windows.ts'
import { createEmitter } from '../../core/emitter.ts'
import type { Microphone, Undo } from '../ports.ts'
import type { Hearing } from './hearing.ts'
import { createResampler } from './resample.ts'

export interface NameListenerEvents {
  /** Now: what is said next is for Parley. */
  called: undefined
  /** In the same breath: from the phrase's first sound to now. What comes next follows it without a gap. */
  words: Int16Array[]
  /** Nothing followed the phrase. */
  alone: undefined
  /** How well the last sound that was read fits, 0–100. */
  fit: number
  trouble: string
}

export interface NameListener {
  on<Name extends keyof NameListenerEvents>(name: Name, listen: (event: NameListenerEvents[Name]) => void): Undo
  /** Null: it does not listen. */
  listenFor(phrase: string | null): void
  /** What was heard so far is not the beginning of what comes. */
  forget(): void
  /** How much sound it holds, ms. */
  heldMs(): number
  /** Resolves when everything that was to be read has been. */
  settled(): Promise<void>
  stop(): void
}

export const noNameWithoutDetector =
  'There is no voice detector for this microphone, so that Parley can’t be called by its name. Use “Hold to talk” or “Hands-free”.'
export const noNameWithoutHearing =
  'What knows Parley’s name could not be started, so that calling does nothing. Restart Parley; until then use “Hold to talk”.'

export function createNameListener(opts: {
  microphone: Pick<Microphone, 'onFrame' | 'speech'>
  hearing: Hearing
}): NameListener {
  const { microphone, hearing } = opts
  const events = createEmitter<NameListenerEvents>()
  const watch = createNameWatch()
  const toldOnce = new Set<string>()
  let phrase: string | null = null
  /** What was asked for an earlier phrase, or before it forgot, means nothing any more. */
  let asked = 0
  let reading: Promise<void> = Promise.resolve()

  function tellOnce(message: string): void {
    if (toldOnce.has(message)) return
    toldOnce.add(message)
    events.emit('trouble', message)
  }

  function act(told: readonly NameWatchEvent[]): void {
    for (const one of told) {
      if (one.type === 'read') reading = read(one.samples, phrase ?? '', asked)
      else if (one.type === 'words') events.emit('words', one.frames)
      else events.emit(one.type, undefined)
    }
  }

  async function read(samples: Int16Array, wanted: string, by: number): Promise<void> {
    const fit = await hearing.fit(wanted, await forModel(samples))
    if (by !== asked) return
    if (fit === null) tellOnce(noNameWithoutHearing)
    else events.emit('fit', fit.fit)
    act(watch.read(fit ?? { isCalled: false, hasMore: false }))
  }

  function forget(): void {
    asked++
    watch.forget()
  }

  const undos = [
    microphone.onFrame((frame) => {
      if (phrase !== null) act(watch.pass(frame))
    }),
    microphone.speech?.onJudged((speech) => {
      if (phrase === null) return
      if (speech === null) {
        forget()
        tellOnce(noNameWithoutDetector)
        return
      }
      act(watch.judged(speech))
      if (watch.isStirring()) hearing.warm()
    }),
  ]

  return {
    on: events.on,
    listenFor(wanted) {
      if (wanted === phrase) return
      forget()
      phrase = wanted
      if (wanted === null) return
      if (microphone.speech === undefined) tellOnce(noNameWithoutDetector)
      // The first call is not to wait for the models.
      else hearing.warm()
    },
    forget,
    heldMs: watch.heldMs,
    async settled() {
      for (let seen: Promise<void> | null = null; seen !== reading;) {
        seen = reading
        await seen
      }
    },
    stop() {
      phrase = null
      forget()
      for (const undo of undos) undo?.()
    },
  }
}

async function forModel(samples: Int16Array): Promise<Int16Array> {
  const resampler = await createResampler(sampleRateHz, voiceModel.rateHz)
  try {
    return resampler.push(samples)
  } finally {
    resampler.close()
  }
}
