// How much a model may do before a person looks: calls at once, in a turn and in an hour, and how big they may be.

export const callLimits = {
  parallel: 8,
  perTurn: 25,
  perHour: 200,
  argumentsBytes: 256 * 1024,
  argumentsDepth: 64,
  outputBytes: 48 * 1024,
  /** Of why arguments do not fit: it may name a thousand of them. */
  whyBytes: 2 * 1024,
  runMs: 30_000,
} as const

const hourMs = 3_600_000
/** Turns that are remembered; the oldest are long over. */
const rememberedTurns = 256

export interface Spent {
  /** When each call of the last hour was let in, oldest first. */
  atMs: readonly number[]
  ofTurn: ReadonlyMap<string, number>
}

export const nothingSpent: Spent = { atMs: [], ofTurn: new Map() }

export type Admission = { type: 'admitted'; spent: Spent } | { type: 'refused'; why: string }

/** @param turn null for a call that belongs to no turn: the hour bounds it */
export function admit(spent: Spent, turn: string | null, nowMs: number): Admission {
  const atMs = spent.atMs.filter((at) => nowMs - at < hourMs)
  if (atMs.length >= callLimits.perHour)
    return { type: 'refused', why: `No more than ${callLimits.perHour} tools are used in an hour.` }
  if (turn === null) return { type: 'admitted', spent: { atMs: [...atMs, nowMs], ofTurn: spent.ofTurn } }
  const before = spent.ofTurn.get(turn) ?? 0
  if (before >= callLimits.perTurn)
    return {
      type: 'refused',
      why: `No more than ${callLimits.perTurn} tools are used in one turn. Answer with what is known.`,
    }
  const others = [...spent.ofTurn].filter(([other]) => other !== turn).slice(-rememberedTurns)
  return { type: 'admitted', spent: { atMs: [...atMs, nowMs], ofTurn: new Map([...others, [turn, before + 1]]) } }
}

/** What the worker process may take, and how much of its work is given on. */
export const workLimits = {
  jobMs: 15_000,
  heapMb: 256,
  /** With everything outside of the heap. */
  processBytes: 512 * 1024 * 1024,
  sumCharacters: 16_384,
  titleCharacters: 400,
  articleCharacters: 512 * 1024,
  /** Entries of folders that are looked at, and those that are given on. */
  walked: 5_000,
  listed: 400,
  hits: 100,
  lineCharacters: 300,
  readBytes: 2 * 1024 * 1024,
} as const

/** What a program may print, and how long its pipes may stay open when it is over. */
export const commandLimits = { keptBytes: 64 * 1024, printedBytes: 8 * 1024 * 1024, drainMs: 250 } as const

/** What a server of tools may send, and how much of what it says is kept. */
export const serverLimits = {
  messageBytes: 2 * 1024 * 1024,
  messagesPerSecond: 300,
  /** A flood of `list_changed` is one change. */
  listEveryMs: 1_000,
  pages: 16,
  tools: 128,
  nameCharacters: 128,
  descriptionCharacters: 1_000,
  schemaCharacters: 16 * 1024,
  /** As it is written; of what is kept less. */
  schemaDepth: 128,
  /** Tools that can't be used and are named. */
  leftOut: 32,
  /** A first start may download the program. */
  startMs: 120_000,
  /** At an address there is nothing to download. */
  dialMs: 30_000,
  /** After this the person is told that it takes time. */
  slowMs: 10_000,
  callMs: 60_000,
  /** Between the wish that it ends and its end. */
  endMs: 1_000,
  /** Of what it prints besides the protocol: the last lines say why it ended. */
  printedCharacters: 4_096,
  printedLines: 5,
  signInMs: 300_000,
  /** Of all its tools together. */
  listedCharacters: 512 * 1024,
} as const

/** What of all tools together a model is offered. */
export const offerLimits = { tools: 64, bytes: 96 * 1024 } as const
