// The part of the fold that goes back: checkpoints, what a roll back takes away and puts back, and what an endpoint refuses.
import type { Picture } from '../pictures/picture.ts'
import type { Change } from './change.ts'
import type { Conversation, RolledBack, ToolCall, Turn } from './conversation.ts'
import { pictureLimits } from '../picture-limits.ts'
import { keptPictures } from '../pictures/picture.ts'
import { isAnyOpen, placeOfTurn } from './turn-list.ts'

/** The person's words among turns, null when there are none; empty where only pictures are there to be shown again. */
export function wordsToSayAgain(turns: readonly Turn[]): string | null {
  const words = turns.filter(({ role, text }) => role === 'user' && text.trim() !== '').map(({ text }) => text.trim())
  if (words.length === 0) return picturesToShowAgain(turns).length === 0 ? null : ''
  return words.join(' ')
}

/** Each once. */
export function picturesToShowAgain(turns: readonly Turn[]): readonly Picture[] {
  const all = turns.flatMap(({ role, pictures }) => (role === 'user' ? keptPictures(pictures) : []))
  return [...new Map(all.map((picture) => [picture.digest, picture])).values()].slice(-pictureLimits.ofTurn)
}

/** Of every turn that shows it, also of one that is taken away for now. */
export function removePicture(conversation: Conversation, digest: string): Conversation {
  const without = (turns: readonly Turn[]): Turn[] => turns.map((turn) => withoutPicture(turn, digest))
  const { rolledBack, turns } = conversation
  return {
    ...conversation,
    turns: without(turns),
    rolledBack: rolledBack === null ? null : { ...rolledBack, turns: without(rolledBack.turns) },
  }
}

function withoutPicture(turn: Turn, digest: string): Turn {
  if (turn.pictures?.some((picture) => picture.digest === digest) !== true) return turn
  const pictures = turn.pictures.map((one) => (one.digest === digest ? { ...one, removed: true as const } : one))
  return { ...turn, pictures }
}

/** Of everything that the conversation shows or can show again. */
export function picturesIn({ turns, rolledBack }: Conversation): readonly Picture[] {
  return [...turns, ...(rolledBack?.turns ?? [])].flatMap(({ pictures }) => keptPictures(pictures))
}

export function leaveOut(
  conversation: Conversation,
  { of, id, endpoint, reason }: Extract<Change, { type: 'left-out' }>,
): Conversation {
  const others = conversation.leftOut.filter((one) => one.of !== of || one.id !== id || one.endpoint !== endpoint)
  return { ...conversation, leftOut: [...others, { of, id, endpoint, reason }] }
}

export function rollBack(conversation: Conversation, change: Extract<Change, { type: 'rolled-back' }>): Conversation {
  const isGone = ({ id }: Turn): boolean => change.turns.includes(id)
  const isCallGone = ({ call }: ToolCall): boolean => change.calls.includes(call)
  const turns = conversation.turns.filter(isGone)
  const tools = conversation.tools.filter(isCallGone)
  return {
    ...conversation,
    turns: conversation.turns.filter((turn) => !isGone(turn)),
    tools: conversation.tools.filter((tool) => !isCallGone(tool)),
    checkpoints: conversation.checkpoints.filter(({ seq }) => seq <= change.to),
    rolledBack: { turns, tools, why: change.why, ...placeOf(conversation, isGone) },
    draft: change.draft,
  }
}

function placeOf(
  { turns }: Conversation,
  isGone: (turn: Turn) => boolean,
): { after?: string | null; standing: string[] } {
  const first = turns.findIndex(isGone)
  if (first === -1) return { standing: [] }
  const standing = turns.slice(first).flatMap((turn) => (isGone(turn) ? [] : [turn.id]))
  return { after: turns[first - 1]?.id ?? null, standing }
}

/** A turn is none any more, or is said once more as another: it can't be put back either, and what was done behind it stands. */
export function removeTurn(conversation: Conversation, id: string): Conversation {
  const { turns, rolledBack } = conversation
  const at = placeOfTurn(turns, id)
  if (at === -1) return withoutGone(conversation, id)
  const before = turns[at - 1]?.id ?? null
  const moved = <Entry extends { after: string | null }>(entries: readonly Entry[]): readonly Entry[] =>
    entries.some(({ after }) => after === id)
      ? entries.map((entry) => (entry.after === id ? { ...entry, after: before } : entry))
      : entries
  return {
    ...conversation,
    turns: turns.toSpliced(at, 1),
    tools: moved(conversation.tools),
    tasks: moved(conversation.tasks),
    rolledBack: rolledBack?.after === id ? { ...rolledBack, after: before } : rolledBack,
  }
}

function withoutGone(conversation: Conversation, id: string): Conversation {
  const { rolledBack, draft } = conversation
  const gone = rolledBack?.turns.find((turn) => turn.id === id)
  if (rolledBack === null || !gone) return conversation
  const turns = rolledBack.turns.filter((turn) => turn !== gone)
  // An answer is put back with what it answered, or not at all.
  if (turns.length === 0 || (gone.role === 'user' && turns.every(({ role }) => role !== 'user')))
    return { ...conversation, rolledBack: null, draft: null }
  return {
    ...conversation,
    rolledBack: { ...rolledBack, turns },
    draft: draft === null ? null : wordsToSayAgain(turns),
  }
}

/** What was taken away goes back to its place, in front of what has begun since. */
export function putBack(conversation: Conversation): Conversation {
  const { rolledBack, turns, tools } = conversation
  if (rolledBack === null) return conversation
  const at = placeFor(rolledBack, turns)
  return {
    ...conversation,
    turns: turns.toSpliced(at, 0, ...rolledBack.turns),
    tools: [...tools, ...rolledBack.tools],
    rolledBack: null,
    draft: null,
  }
}

function placeFor({ after, standing }: RolledBack, turns: readonly Turn[]): number {
  if (after === null) return 0
  const before = turns.findIndex(({ id }) => id === after)
  if (before !== -1) return before + 1
  const behind = turns.findIndex(({ id }) => standing.includes(id))
  return behind === -1 ? turns.length : behind
}

const mostCheckpoints = 32

export function markCheckpoint(conversation: Conversation): Conversation {
  const { turns, tools } = conversation
  const last = turns.at(-1)
  const isAnswered = last?.role === 'assistant' && (last.state.type === 'final' || last.state.type === 'cut')
  if (!isAnswered || isAnyOpen(turns)) return conversation
  if (tools.some(({ state, task }) => task === null && (state === 'asked' || state === 'running'))) return conversation
  return pushCheckpoint(conversation, last.id)
}

/** One can go back to how it stands now, with that turn as its last. */
export function pushCheckpoint(conversation: Conversation, turn: string): Conversation {
  const others = conversation.checkpoints.filter((one) => one.turn !== turn)
  return { ...conversation, checkpoints: [...others, { seq: conversation.seq, turn }].slice(-mostCheckpoints) }
}
