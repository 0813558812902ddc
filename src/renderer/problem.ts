// What keeps one from talking, the gravest first, with the step that mends it. Pure.
import { plainCause } from '../core/connection/plain-cause.ts'
import { languageOf, type Known } from './store.ts'

export interface Problem {
  message: string
  next: 'retry' | 'settings' | null
  /** One can go on in another way. */
  isMild: boolean
}

export function problemOf(known: Known): Problem | null {
  const { reach, state, spending } = known
  const { say, told } = languageOf(known)
  const { line, microphone, speaker, unsaved } = state
  const grave = (message: string, next: Problem['next']): Problem => ({ message, next, isMild: false })
  const mild = (message: string): Problem => ({ message, next: 'retry', isMild: true })
  if (reach === 'lost') return grave(say('trouble.lost'), null)
  if (line.type === 'refused')
    return grave(told(line.message), line.remedy === 'quota' || line.remedy === 'engine' ? 'retry' : 'settings')
  if (unsaved) return grave(say('trouble.unsaved'), null)
  if (spending?.state === 'stopped') return grave(say('trouble.limit'), 'settings')
  if (line.type === 'waiting' && line.attempt > 2)
    return grave(say('trouble.unreachable', { cause: told(plainCause(line.cause)) }), 'retry')
  if (microphone.type === 'missing' && speaker.type === 'missing') return mild(say('trouble.noSound'))
  if (microphone.type === 'missing') return mild(say('trouble.typeMeanwhile', { cause: told(microphone.message) }))
  if (speaker.type === 'missing') return mild(say('trouble.readMeanwhile', { cause: told(speaker.message) }))
  return null
}
