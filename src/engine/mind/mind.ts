// The mind of the embedded engine: joins the skills, the person's tools, a model on this machine and the notebook into
// one reply. What an answer is, is decided by pure parts; here they are asked in order.
import type { Announcement, Ask, EngineClock, Manner as Voice, Memo, Mind, Thought } from '../ports.ts'
import { createBell, sayDue } from '../notebook/alarms.ts'
import { answerAtLast, answerExactly, answerFollowUp, answerForeign, answerRescued, answerTopic } from './answer.ts'
import type { Chosen } from './answer.ts'
import type { Manner } from '../local-model/chat-wire.ts'
import { splitClauses } from '../language/clauses.ts'
import { nameIn, wordsToSay } from './directive.ts'
import { understand } from '../language/heard.ts'
import type { Heard } from '../language/heard.ts'
import { createLocalModel, type FoundModel, type LocalModelOptions } from '../local-model/local-model.ts'
import { openNotebook } from '../notebook/open-notebook.ts'
import { summaryOf, wantsSummary } from './recap.ts'
import type { Scene, Topic } from './skill.ts'
import { pick } from './skill.ts'
import { sayResult } from './tools/wording.ts'
import { workStep } from './errands/work.ts'
import { handOver } from './tools/hand-over.ts'
import { removeAlarms } from '../notebook/notebook.ts'
import { partsAt, sayDay } from '../language/zoned.ts'
import { continueTool, sayResults, useForcedTool, useTool } from './tools/use.ts'

export type MindLog = (level: 'info' | 'warn' | 'error', message: string) => void

export interface MindOptions {
  /** Folder of the notebook, made when missing; null keeps it in memory only. */
  dataDir: string | null
  clock: EngineClock
  /** A number in [0, 1). */
  random: () => number
  /** IANA name; this machine's own by default. */
  timeZone?: string
  /** The model server on loopback that the person named; none by default. */
  localModel?: Omit<LocalModelOptions, 'clock' | 'log' | 'onFound' | 'onLost'> | null
  /** Told which model answers there. */
  onModel?: (found: FoundModel) => void
  /** Told when the one that was named does not answer, or not any more. */
  onNoModel?: () => void
  /** Hears no words of anybody. */
  log?: MindLog
}

const cannotSee = "I can't see pictures. Connect a key of a service that can, and show it again."

const notCaught = [
  "I didn't catch that.",
  "Sorry, I didn't catch that.",
  "I didn't catch that. Could you say it again?",
] as const

/** Longest answer in characters; a minute and a half of speech. */
const mostChars = 1_500
/** Answers whose topic is held, newest last. */
const mostTopics = 8

export function createMind(opts: MindOptions): Mind {
  const { clock, random, log = () => undefined } = opts
  const timeZone = opts.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const book = openNotebook(opts.dataDir, log)
  const listeners = new Set<(announcement: Announcement) => boolean>()
  const bell = createBell({
    clock,
    alarms: () => book.notebook().alarms,
    ring: (alarm) => announce({ session: alarm.session, text: sayDue(alarm, clock.nowMs(), timeZone) }),
    rung: (ids) => void book.note(removeAlarms(book.notebook(), ids)),
  })
  const undoWatch = book.onChange(() => bell.watch())
  const topics: { said: string; topic: Topic | null }[] = []
  let manner: Voice = { speed: 1, gain: 1 }
  const { localModel = null, onModel = () => undefined, onNoModel = () => undefined } = opts
  const told = { onFound: onModel, onLost: onNoModel }
  const model = localModel === null ? null : createLocalModel({ clock, log, ...told, ...localModel })

  const announce = (announcement: Announcement): boolean =>
    [...listeners].map((listen) => listen(announcement)).some(Boolean)

  async function* reply(ask: Ask): AsyncGenerator<Thought> {
    await book.opened
    if (ask.signal.aborted) return
    const turn = turnOf(ask.memos)
    const scene: Scene = {
      session: ask.session,
      nowMs: clock.nowMs(),
      timeZone,
      memos: turn.before,
      name: nameIn(ask.instructions),
      notebook: book.notebook(),
      before: book.before(),
      topic: topicNow(turn.before),
      manner,
      random,
    }
    yield* aside(ask.signal, decide(ask, turn, scene))
  }

  /** A damaged notebook is told of once, after the first answer. */
  async function* aside(signal: AbortSignal, thoughts: AsyncIterable<Thought>): AsyncGenerator<Thought> {
    for await (const thought of thoughts) {
      if (signal.aborted) return
      yield thought
    }
    const trouble = book.takeTrouble()
    if (trouble !== null && !signal.aborted) yield { type: 'text', text: ` ${trouble}` }
  }

  async function* decide(ask: Ask, turn: Turn, scene: Scene): AsyncGenerator<Thought> {
    const dictated = wordsToSay(ask.instructions, turn.type !== 'words')
    if (wantsSummary(ask.instructions)) yield* modelElse(ask, say(summaryOf(ask.memos)))
    else if (dictated !== null) yield* say(dictated)
    else if (turn.type === 'words' && turn.pictures > 0) yield* answerUnseen(understand(turn.text), scene)
    else if (turn.type === 'words') yield* answer(understand(turn.text), ask, scene)
    else if (turn.type === 'results') yield* modelElse(ask, say(turn.said))
    else yield* say(turn.type === 'news' ? sayResult(turn.text, null) : greeting(scene))
  }

  async function* answer(heard: Heard, ask: Ask, scene: Scene): AsyncGenerator<Thought> {
    const due = useForcedTool(heard, ask) ?? continueTool(heard, scene.memos, ask) ?? handOver(heard, ask)
    const exact = due === null ? answerFirst(heard, scene) : null
    if (due !== null) yield due
    else if (exact !== null) yield* take(exact)
    else if (!(yield* modelOr(ask)) && !ask.signal.aborted) yield* answerLast(heard, ask, scene)
  }

  /** Pictures came with the words, and nobody here can see them. What needs no model is done all the same. */
  async function* answerUnseen(heard: Heard, scene: Scene): AsyncGenerator<Thought> {
    const exact = heard.text === '' ? null : answerFirst(heard, scene)
    yield* say(exact === null ? cannotSee : `${cannotSee} `)
    if (exact !== null) yield* take(exact)
  }

  /** What needs no model: silence, the reply to a question, what only this machine knows. */
  function answerFirst(heard: Heard, scene: Scene): Chosen | null {
    if (heard.text === '') return { skill: 'silence', say: pick(random, notCaught) }
    return answerFollowUp(heard, scene) ?? answerTopic(heard, scene) ?? answerExactly(heard, scene, ['machine'])
  }

  /** From what was surely meant to what can only be declined. */
  async function* answerLast(heard: Heard, ask: Ask, scene: Scene): AsyncGenerator<Thought> {
    const used = useTool(heard, ask)
    const talk = answerExactly(heard, scene, ['talk']) ?? answerForeign(heard)
    if (used !== null) yield used
    else yield* take(talk ?? answerRescued(heard, scene) ?? answerAtLast(heard, scene))
  }

  /** Whether the local model answered. */
  async function* modelOr(ask: Ask, manner: Manner = 'spoken'): AsyncGenerator<Thought, boolean> {
    return model === null ? false : yield* model.answer(ask, manner)
  }

  async function* modelElse(ask: Ask, otherwise: Iterable<Thought>): AsyncGenerator<Thought> {
    if (!(yield* modelOr(ask)) && !ask.signal.aborted) yield* otherwise
  }

  /** Keeps what the answer wants kept, before it is said. */
  async function* take(chosen: Chosen): AsyncGenerator<Thought> {
    const kept = chosen.notebook === undefined || (await book.keep(chosen.notebook, chosen.skill === 'undo'))
    manner = chosen.manner ?? manner
    const offer = chosen.offer === undefined || !(await isToBeOffered()) ? '' : ` ${chosen.offer}`
    const trouble = kept ? '' : " But I couldn't write it to disk, so it won't outlast a restart."
    const text = `${chosen.say}${offer}${trouble}`
    topics.push({ said: text.trim(), topic: chosen.topic ?? null })
    topics.splice(0, topics.length - mostTopics)
    for (const thought of say(text)) yield isPlain(manner) ? thought : { ...thought, manner }
  }

  /** Once a day. */
  async function isToBeOffered(): Promise<boolean> {
    const nowMs = clock.nowMs()
    const { offeredMs } = book.notebook()
    const dayOf = (atMs: number): string => sayDay(partsAt(atMs, timeZone), true)
    if (offeredMs !== undefined && dayOf(offeredMs) === dayOf(nowMs)) return false
    await book.note({ ...book.notebook(), offeredMs: nowMs })
    return true
  }

  /** What the last words of the voice were about, as far as they were heard. */
  function topicNow(before: readonly Memo[]): Topic | null {
    const last = before.findLast((memo) => memo.type !== 'message' || memo.role !== 'system')
    const said = last?.type === 'message' && last.role === 'assistant' ? last.text.trim() : ''
    return said === '' ? null : (topics.findLast((one) => one.said.startsWith(said))?.topic ?? null)
  }

  async function* work(ask: Ask): AsyncGenerator<Thought> {
    if (!(yield* modelOr(ask, 'written')) && !ask.signal.aborted) yield* workStep(ask)
  }

  return {
    reply,
    work,
    onAnnouncement(listen) {
      listeners.add(listen)
      void book.opened.then(() => bell.watch())
      return () => void listeners.delete(listen)
    },
    async close() {
      bell.close()
      undoWatch()
      listeners.clear()
      await book.close()
    },
  }
}

const isPlain = ({ speed, gain }: Voice): boolean => speed === 1 && gain === 1

function* say(text: string): Generator<Extract<Thought, { text: string }>> {
  for (const piece of splitClauses(text.slice(0, mostChars))) yield { type: 'text', text: piece }
}

type Turn = { before: readonly Memo[] } & (
  | { type: 'words'; text: string; pictures: number }
  | { type: 'results'; said: string }
  /** The application put something new behind the last words: a task's end. */
  | { type: 'news'; text: string }
  | { type: 'nothing' }
)

/** What the reply is to. */
function turnOf(memos: readonly Memo[]): Turn {
  const said = sayResults(memos)
  if (said !== null) return { type: 'results', said, before: memos }
  const last = memos.at(-1)
  const before = memos.slice(0, -1)
  if (last?.type !== 'message') return { type: 'nothing', before: memos }
  if (last.role === 'user') return { type: 'words', text: last.text, pictures: last.pictures ?? 0, before }
  const begun = memos.some((memo) => memo.type === 'message' && memo.role !== 'system')
  return last.role === 'system' && begun
    ? { type: 'news', text: last.text, before }
    : { type: 'nothing', before: memos }
}

function greeting(scene: Scene): string {
  const begun = scene.memos.some((memo) => memo.type === 'message' && memo.role !== 'system')
  return begun
    ? 'Is there anything else I can do?'
    : pick(scene.random, ['Hello! How can I help?', 'Hello. What can I do for you?'])
}
