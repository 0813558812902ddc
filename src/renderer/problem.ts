// What keeps one from talking, the gravest first, with the step that mends it. Pure.
import { plainCause } from '../core/connection/plain-cause.ts'
import type { Known } from './store.ts'

export interface Problem {
  message: string
  next: 'retry' | 'settings' | null
  /** One can go on in another way. */
  isMild: boolean
}

export function problemOf({ reach, state, spending }: Known): Problem | null {
  const { line, microphone, speaker, unsaved } = state
  const grave = (message: string, next: Problem['next']): Problem => ({ message, next, isMild: false })
  const mild = (message: string): Problem => ({ message, next: 'retry', isMild: true })
  if (reach === 'lost') return grave('Parley does not answer. Start it again; this page goes on by itself.', null)
  if (line.type === 'refused')
    return grave(line.message, line.remedy === 'quota' || line.remedy === 'engine' ? 'retry' : 'settings')
  if (unsaved)
    return grave(
      'The disk takes nothing more. What is said is kept for now; free some space and it is saved by itself.',
      null,
    )
  if (spending?.state === 'stopped')
    return grave(
      'Today’s limit is reached, so nothing more is spent. Raise it in the settings, or go on tomorrow.',
      'settings',
    )
  if (line.type === 'waiting' && line.attempt > 2)
    return grave(`The voice can’t be reached: ${plainCause(line.cause)} Parley goes on trying.`, 'retry')
  if (microphone.type === 'missing' && speaker.type === 'missing')
    return mild('There is no microphone and no speaker. You can type and read; connect them and try again.')
  if (microphone.type === 'missing') return mild(`${microphone.message} You can type meanwhile.`)
  if (speaker.type === 'missing') return mild(`${speaker.message} Answers are shown in writing meanwhile.`)
  return null
}
