// The process that knows a phrase, as main sees it: started when somebody may be calling, ended when for long nobody was heard, and
// replaced when it dies. Whoever asks meanwhile waits for its models, and is answered null where there are none.
import type { PhraseFit, PhraseView } from '../../core/audio/phrase.ts'
import { faceOf, forkEntry, type ChildFace } from '../child.ts'
import type { Clock, Undo } from '../ports.ts'
import type { FromHearing, ToHearing } from './hearing-messages.ts'

export type HearingProcess = ChildFace<ToHearing, FromHearing>

export type StartHearing = () => HearingProcess

export interface Hearing {
  /** Somebody may be about to call: it is made ready. */
  warm(): void
  /** @param samples 16 kHz mono. @returns null where it can't be known */
  fit(phrase: string, samples: Int16Array): Promise<PhraseFit | null>
  view(phrase: string): Promise<PhraseView | null>
  isThere(): boolean
  stop(): void
}

/** Nobody was heard for so long: its models leave the memory. */
const restAfterMs = 10 * 60_000
/** A process that can't be started is not tried again at every sound. */
const againAfterMs = 5_000

export function createHearing(opts: { clock: Clock; start?: StartHearing; restAfterMs?: number }): Hearing {
  const { clock, start = forkHearing } = opts
  const open = new Map<number, (answer: FromHearing | null) => void>()
  let child: HearingProcess | null = null
  let lostMs = -Infinity
  let nextId = 0
  let undoRest: Undo = () => undefined

  function begin(): HearingProcess | null {
    if (child === null && clock.monotonicMs() - lostMs < againAfterMs) return null
    if (child === null) {
      const begun = start()
      begun.onMessage((message) => {
        open.get(message.id)?.(message)
        open.delete(message.id)
      })
      begun.onExit(() => {
        if (child !== begun) return
        lostMs = clock.monotonicMs()
        drop()
      })
      child = begun
    }
    undoRest()
    undoRest = clock.after(opts.restAfterMs ?? restAfterMs, stop)
    return child
  }

  function drop(): void {
    child = null
    undoRest()
    for (const answer of open.values()) answer(null)
    open.clear()
  }

  function stop(): void {
    const ending = child
    drop()
    ending?.kill()
  }

  function ask(question: (id: number) => ToHearing): Promise<FromHearing | null> {
    const asked = begin()
    if (asked === null) return Promise.resolve(null)
    const id = nextId++
    return new Promise((resolve) => {
      open.set(id, resolve)
      asked.post(question(id))
    })
  }

  return {
    warm: () => void begin(),
    async fit(phrase, samples) {
      const told = await ask((id) => ({ type: 'read', id, phrase, samples }))
      return told?.type === 'fit' ? { fit: told.fit, isCalled: told.isCalled, hasMore: told.hasMore } : null
    },
    async view(phrase) {
      const told = await ask((id) => ({ type: 'view', id, phrase }))
      if (told?.type !== 'view') return null
      const { sounds, verdict, apart, nearest } = told
      return { sounds, verdict, apart, nearest }
    },
    isThere: () => child !== null,
    stop,
  }
}

export const forkHearing = (): HearingProcess => faceOf(forkEntry('hearing', {}))
