// `npm run talk`: the whole main-process stack with a file, typed words or the real microphone as the person.
import { plainCause } from '../../core/connection/plain-cause.ts'
import type { TaskView } from '../../core/agent/task.ts'
import type { Companion } from '../companion.ts'
import type { Clock } from '../ports.ts'
import { watchAnswer } from './answered.ts'
import type { TalkInput } from './options.ts'
import { readShown } from './shown-pictures.ts'
import { TalkError } from './talk-error.ts'
import type { Transcript } from './transcript.ts'

/** The microphone that plays files. */
export interface SpokenFiles {
  /** Resolves when the file has been read to its end. @throws SoundError */
  say(path: string): Promise<void>
}

export interface TalkOpts {
  companion: Companion
  clock: Clock
  files: SpokenFiles
  /** Named in messages. */
  where: string
  /** The person presses a key instead of being listened to. */
  manual: boolean
}

/** Attempts that fail before the first success: the server is not there. */
const mostAttempts = 3

/**
 * Resolves when the line is ready for words.
 * @throws TalkError when it will not be
 */
export function whenLive({ companion, where }: Pick<TalkOpts, 'companion' | 'where'>): Promise<void> {
  return new Promise((resolve, reject) => {
    companion.on('phase', (phase) => {
      if (phase.type === 'live') resolve()
      if (phase.type === 'waiting' && phase.attempt >= mostAttempts)
        reject(
          new TalkError(
            `No voice service answers at ${where}: ${plainCause(phase.cause)} Start it or check --endpoint.`,
          ),
        )
    })
    companion.on('fatal', ({ message }) => reject(new TalkError(message)))
  })
}

/** Says everything in order, each after the answer to the one before. @throws TalkError, SoundError */
export async function sayAll(inputs: readonly TalkInput[], opts: TalkOpts): Promise<void> {
  for (const input of inputs) await sayOne(input, opts)
}

async function sayOne(input: TalkInput, { companion, clock, files, manual }: TalkOpts): Promise<void> {
  const listens = input.type === 'file' && !manual
  const watch = watchAnswer(companion, clock, listens)
  if (input.type === 'text') await companion.say(input.text, undefined, await readShown(input.pictures ?? []))
  else {
    if (manual) companion.press()
    await files.say(input.path)
    if (manual) companion.release()
  }
  watch.ended()
  const answer = await watch.done
  if (answer === 'silence' && input.type === 'file')
    throw new TalkError(`Nothing was heard in ${input.path}. Check that it holds speech and is not silent.`)
  if (answer === 'no-answer') throw new TalkError('The service did not answer within 30 seconds. Try again.')
}

/** A task as lines: each step when it begins, and how it ended. */
function createTaskLines(): (task: TaskView) => string[] {
  const shown = new Set<string>()
  return ({ id, steps, endedMs, state, result }) => {
    const lines = steps.flatMap((step): (readonly [key: string, line: string])[] =>
      step.state === 'asked' ? [] : [[`${id} ${step.call}`, `${step.text} …`]],
    )
    const end = endedMs === null ? [] : [[`${id} ${endedMs}`, `The task is ${stateWords[state]}: ${result}`] as const]
    const fresh = [...lines, ...end].filter(([key]) => !shown.has(key))
    for (const [key] of fresh) shown.add(key)
    return fresh.map(([, line]) => line)
  }
}

const stateWords: Record<TaskView['state'], string> = {
  working: 'going on',
  asking: 'waiting for you',
  done: 'done',
  failed: 'given up',
  cancelled: 'cancelled',
  draft: 'not done and can be tried again',
}

/** Shows everything that happens, as text or as JSON lines. @returns shows one more sentence */
export function show(
  companion: Companion,
  transcript: Transcript | null,
  writeJson: (value: object) => void,
): (message: string) => void {
  const follow = createTaskLines()
  companion.onStored((stored) => {
    if (transcript) transcript.stored(stored)
    else writeJson({ type: 'stored', ...stored })
  })
  companion.on('caption', ({ role, item, text }) => {
    if (transcript) transcript.caption(role, item, text)
    else writeJson({ type: 'caption', role, item, text })
  })
  const note = (message: string): void => {
    if (transcript) transcript.note(message)
    else writeJson({ type: 'notice', message })
  }
  companion.on('notice', ({ message }) => note(message))
  companion.onTrouble(({ message }) => note(message))
  companion.onTask((task) => {
    if (!transcript) return writeJson({ type: 'task', task })
    for (const line of follow(task)) transcript.note(line)
  })
  let told = ''
  companion.on('phase', (phase) => {
    if (!transcript && phase.type !== told) writeJson({ type: 'phase', phase: phase.type })
    told = phase.type
    if (!transcript) return
    if (phase.type === 'waiting') transcript.note(`The line is away: ${plainCause(phase.cause)} Trying again.`)
  })
  companion.on('restored', (proof) => {
    if (!transcript) writeJson({ type: 'restored', ...proof })
  })
  return note
}
