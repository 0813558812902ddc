// What keeps one from talking, the gravest first, with the step that mends it. Pure.
import { plainCause } from '../core/connection/plain-cause.ts'
import { languageOf, mayDo, type Known } from './store.ts'

export interface Problem {
  message: string
  next: 'retry' | 'settings' | 'go-on' | null
  /** One can go on in another way. */
  isMild: boolean
}

export function problemOf(known: Known): Problem | null {
  const { reach, state, spending } = known
  const { say, told } = languageOf(known)
  const { line, microphone, speaker, unsaved } = state
  const grave = (message: string, next: Problem['next']): Problem => ({ message, next, isMild: false })
  const mild = (message: string): Problem => ({ message, next: 'retry', isMild: true })
  if (reach === 'elsewhere') return grave(say('trouble.elsewhere'), 'go-on')
  if (reach === 'lost') return grave(say(known.device === null ? 'trouble.lost' : 'trouble.lostThere'), null)
  if (line.type === 'refused')
    return grave(told(line.message), line.remedy === 'quota' || line.remedy === 'engine' ? 'retry' : 'settings')
  if (unsaved) return grave(say('trouble.unsaved'), null)
  if (spending?.state === 'stopped') return grave(say('trouble.limit'), 'settings')
  if (line.type === 'waiting' && line.attempt > 2)
    return grave(say('trouble.unreachable', { cause: told(plainCause(line.cause)) }), 'retry')
  const isDeafOrMute = microphone.type === 'missing' || speaker.type === 'missing'
  if (known.device !== null && isDeafOrMute)
    return {
      message: say(mayDo(known, 'talk') ? 'trouble.farSoundTalk' : 'trouble.farSound'),
      next: null,
      isMild: true,
    }
  if (microphone.type === 'missing' && speaker.type === 'missing') return mild(say('trouble.noSound'))
  if (microphone.type === 'missing') return mild(say('trouble.typeMeanwhile', { cause: told(microphone.message) }))
  if (speaker.type === 'missing') return mild(say('trouble.readMeanwhile', { cause: told(speaker.message) }))
  return null
}
