// One conversation as the steps say, over the whole voice session and the modelled service; at its end everything heals and
// goes quiet. What has to hold then is verdict.ts.
import { voicePolicy } from '../../../src/core/connection/policy.ts'
import { createVoiceSession } from '../../../src/main/voice/session.ts'
import { createModelledLine, type CreateSession, type ModelledLine } from '../modelled-line.ts'
import { functionName } from '../service/functions.ts'
import type { goodDay } from '../service/habits.ts'
import { type Answer, type Question } from '../service/habits.ts'
import type { ModelSession } from '../service/session.ts'
import { answerOf, type AnswerKind, type Cut, type Step, type Walk } from './steps.ts'
import { judge, nameIn, numbersIn, numbersOf } from './verdict.ts'

/** Something that the person said; its words name it alone. */
export interface Said {
  words: string
  /** Empty where it was typed. */
  frames: readonly number[]
  /** When it was begun and was over, by the monotonic clock; what overlaps has no order. */
  beganMs: number
  endedMs: number | null
  /** When the client was told that this is being said, or knew it by the key or by having typed it. */
  knownMs: number | null
  /** The person wants no answer to it any more. */
  isWithdrawn: boolean
  /** It was taken back, perhaps with its answer: should it be there again, it may be answered again. */
  isTakenBack: boolean
  /** It was a draft, or could be asked again by one key, at some time. */
  isOffered: boolean
  /** It was asked again by key: said once more, it has a place of its own. */
  isRetried: boolean
}

/** Of a service that ends sessions after 20 s: the same life as that of an hour, made short. */
const shortPolicy = {
  ...voicePolicy,
  settledAfterMs: 3_000,
  handOverBeforeEndMs: 9_000,
  quietForMs: 500,
  handOverLatestBeforeEndMs: 4_000,
  handOverRetryMs: 1_500,
  restAfterMs: null,
}

const toolMark = ' tool'
/** More silence than ends a turn. */
const endOfTurnMs = 800
const settlesWithinMs = 5_000

/** @returns what did not hold, one sentence each */
export async function walk(
  { mode, latencyMs, sessionMs, steps }: Walk,
  create: CreateSession = createVoiceSession,
): Promise<string[]> {
  const said: Said[] = []
  const kinds: AnswerKind[] = []
  let isHeld = false
  let saidBefore = 0
  let silentMs = Infinity
  const line = createModelledLine({
    mode,
    habits: { latencyMs, sessionMs, answer, ...troubles() },
    create: (opts) => create({ ...opts, policy: shortPolicy }),
  })
  const { service, session } = line
  const pending: { type: string; act: Extract<Step, { do: 'cut at' | 'disorder' }> }[] = []

  function answer({ open, number }: Question): Partial<Answer> {
    const asking = open.filter(({ words }) => words.includes(toolMark)).at(-1)
    const kind = kinds.shift() ?? 'plain'
    if (asking && (kind === 'plain' || kind === 'long'))
      return {
        calls: [
          {
            name: functionName,
            arguments: JSON.stringify({ asked: nameIn(asking.words), with: open.map(({ words }) => words) }),
          },
        ],
      }
    return answerOf(kind, number)
  }

  function troubles(): Pick<typeof goodDay, 'tamper'> {
    return {
      tamper(event, from) {
        const at = pending.findIndex(({ type }) => type === event.type)
        const [found] = at === -1 ? [] : pending.splice(at, 1)
        if (found === undefined) return [{ event }]
        const { act } = found
        if (act.do === 'cut at') {
          // Behind it: when it has arrived.
          line.clock.after(act.isBehind ? latencyMs + 1 : 0, () => cut(from, act.how))
          return [{ event }]
        }
        if (act.how === 'lost') return []
        return act.how === 'twice' ? [{ event }, { event, afterMs: 400 }] : [{ event, afterMs: 250 }]
      },
    }
  }

  function cut(from: ModelSession, how: Cut): void {
    if (!from.isOpen()) return
    if (how === 'reset') from.line.reset()
    else if (how === 'vanish') from.line.vanish()
    else from.line.close(how, 'Try again.')
  }

  /** By voice the microphone always streams; what it streams when a turn is over costs time and tells nothing. */
  async function wait(ms: number): Promise<void> {
    const quietMs = mode === 'manual' ? 0 : Math.min(ms, Math.max(0, endOfTurnMs - silentMs))
    await line.quiet(quietMs)
    silentMs += quietMs
    if (silentMs >= service.habits.silenceMs) for (const one of said) one.endedMs ??= line.clock.monotonicMs()
    await line.pass(ms - quietMs)
  }

  function begin(tool: boolean): Said {
    const nowMs = line.clock.monotonicMs()
    const words = `Q${said.length + 1}${tool ? toolMark : ''}.`
    const one: Said = {
      words,
      frames: [],
      beganMs: nowMs,
      endedMs: null,
      knownMs: null,
      isWithdrawn: false,
      isTakenBack: false,
      isOffered: false,
      isRetried: false,
    }
    said.push(one)
    return one
  }

  let liveSinceMs = 0
  session.on('phase', ({ type }) => {
    if (type === 'live') liveSinceMs = line.clock.monotonicMs()
  })
  session.on('hearing', (isHeard) => {
    const nowMs = line.clock.monotonicMs()
    // Nothing is told of what was begun less than a round trip ago: that is about what was said before it.
    for (const one of isHeard ? said : []) if (one.beganMs + 2 * latencyMs <= nowMs) one.knownMs ??= nowMs
  })
  session.on('unanswered', (turn) => {
    for (const number of turn === null ? [] : numbersOf(turn, line, said)) mark(number)
  })
  line.record.onStored(({ change }) => {
    if (change.type === 'turn-settled' && change.fate === 'unanswered')
      for (const number of numbersOf(change.turn, line, said)) mark(number)
    for (const number of numbersIn(line.record.conversation().draft ?? '')) mark(number)
  })

  function mark(number: number): void {
    const one = said[number - 1]
    if (one) one.isOffered = true
  }

  function withdraw(): void {
    for (const one of said) one.isWithdrawn = true
  }

  async function take(step: Step): Promise<void> {
    switch (step.do) {
      case 'speak': {
        // Between the key's turns nobody listens.
        if (mode === 'manual' && !isHeld) return
        const one = begin(step.tool)
        one.frames = (await line.speak(one.words, step.ms)).frames
        silentMs = 0
        if (step.thenQuiet && mode === 'semantic') await wait(endOfTurnMs)
        return
      }
      case 'type': {
        const typed = begin(step.tool)
        typed.endedMs = typed.knownMs = typed.beganMs
        void session.say(typed.words)
        return line.pass(0)
      }
      case 'press':
        if (!isHeld) saidBefore = said.length
        // By voice the key is nothing but the wish for silence.
        if (!isHeld && mode !== 'manual') withdraw()
        isHeld = true
        session.press()
        return
      case 'release':
        isHeld = false
        session.release()
        for (const one of mode === 'manual' ? said : []) {
          one.endedMs ??= line.clock.monotonicMs()
          one.knownMs ??= line.clock.monotonicMs()
        }
        // The key alone interrupts, and nothing is asked.
        if (said.length === saidBefore) withdraw()
        return
      case 'wait':
        return wait(step.ms)
      case 'hush':
        withdraw()
        return session.hush()
      case 'take back':
        withdraw()
        for (const one of said) one.isTakenBack = true
        return until(session.takeBack())
      case 'put back':
        return until(session.putBack())
      case 'retry':
        for (const one of said) one.isRetried ||= one.isOffered
        session.retry()
        return
      case 'tool ends':
        line.functions.finish()
        return
      case 'reminder':
        line.functions.come({ name: 'reminder', arguments: '{}', output: 'Tea.', aloud: true })
        return
      case 'answer':
        kinds.push(step.kind)
        return
      case 'cut': {
        const open = service.sessions.findLast((one) => one.isOpen())
        if (open) cut(open, step.how)
        if (step.downMs === 0) return
        service.refuse({ code: 1006, reason: '', cause: 'connect ECONNREFUSED' })
        line.clock.after(step.downMs, () => service.refuse(null))
        return
      }
      case 'cut at':
      case 'disorder':
        pending.push({ type: step.type, act: step })
        return
      case 'transcripts':
        service.habits.transcriptMs = step.are
        return
      case 'acknowledgements':
        service.habits.ackFirstMs = step.afterMs
        return
    }
  }

  /** Its own promises wait for the clock, too. */
  async function until(done: Promise<unknown>): Promise<void> {
    const state = { isDone: false }
    void done.then(() => (state.isDone = true))
    for (let at = 0; at < 400 && !state.isDone; at++) await wait(10)
  }

  session.start()
  await line.pass(500)
  for (const step of steps) await take(step)
  await heal()
  const verdict = judge({ line, said })
  await line.stop()
  return verdict

  async function heal(): Promise<void> {
    pending.splice(0)
    kinds.splice(0)
    service.refuse(null)
    Object.assign(service.habits, { ackFirstMs: 0, sessionMs: 3_600_000 })
    if (typeof service.habits.transcriptMs === 'string') service.habits.transcriptMs = 60
    if (isHeld) await take({ do: 'release' })
    await wait(endOfTurnMs)
    for (let at = 0; at < 8; at++) {
      while (line.functions.running() > 0) {
        line.functions.finish()
        await line.pass(50)
      }
      await line.pass(10_000)
      if (at >= 2 && isStill()) return
    }
  }

  /** What a line is sent when it begins may still become a turn. */
  function isStill(): boolean {
    const isSettled = line.clock.monotonicMs() - liveSinceMs > settlesWithinMs
    return isSettled && session.phase().type === 'live' && session.isQuiet() && line.functions.running() === 0
  }
}

export type Walked = { line: ModelledLine; said: readonly Said[] }
