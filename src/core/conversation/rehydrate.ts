// From the record to the items that a fresh session is given, oldest first: what was said by the person, what was heard of
// the voice, settled tool calls with their results, and a summary of everything older than the budget allows.
// History goes in as items, never into the instructions: replayed text is data.
import { keptPictures, withSentences, type Picture } from '../pictures/picture.ts'
import type { WireItem } from '../realtime/events.ts'
import type { Conversation, LeftOut, ToolCall, Turn } from './conversation.ts'
import { withCutMark } from '../turn/heard.ts'
import { groupBy } from '../group-by.ts'
import { anchorItem } from './anchor.ts'
import { lengthOf, restoreCall } from './restored-call.ts'
import { shortened, wellFormed } from './shorten.ts'
import { shownTurn, turnsInWords } from './shown-pictures.ts'
import { withUniqueIds } from './unique-ids.ts'

export interface RestoreBudget {
  /** Characters of text over all restored turns and calls; about four are a token. */
  characters: number
  turns: number
  /** What pictures may count as; the others are given as sentences. Absent: none. */
  pictureTokens?: number
}

/** Well under the smallest context that voice models have (32k tokens), so that an hour of new talk fits beside it. */
export const voiceRestoreBudget: RestoreBudget = { characters: 24_000, turns: 200, pictureTokens: 4_000 }

/** What an item of the plan stands for. */
export interface ItemSource {
  of: LeftOut['of']
  id: string
}

export interface RestoreWants {
  /** Where the session is: what this endpoint refused before is not tried again. */
  endpoint: string
  /** Not to be given either; `reason` is for the person. */
  without: readonly (ItemSource & { reason: string })[]
  /** Not even the note in front: sessions died of that too. */
  bare: boolean
  /** Everything from there on, whatever the budget: a session that lives keeps what it was given. */
  from?: Beginning
  /** Whether the picture can be given as it is: its bytes are there, and the server takes pictures. */
  pictures?: (picture: Picture) => boolean
}

/** Where it begins what a session was given: with a turn, or behind it; null with everything there is, also before any turn. */
export interface Beginning {
  turn: string | null
  isGiven: boolean
  /** Turns whose pictures this session is given as sentences. */
  inWords?: readonly string[]
}

export interface RestorePlan {
  items: WireItem[]
  /** By the item's id. */
  sources: ReadonlyMap<string, ItemSource>
  /** Turns of the record that are not given back in words; the summary, if there is one, stands for them. */
  leftOut: number
  /** Of these, the ones for which no summary stands. */
  missing: number
  /** What this endpoint refuses, of all that would have been given. */
  refused: LeftOut[]
  /** Turns and calls that the summary stands for. */
  behind: readonly ItemSource[]
  from: Beginning
}

export const emptyPlan: RestorePlan = {
  items: [],
  sources: new Map(),
  leftOut: 0,
  missing: 0,
  refused: [],
  behind: [],
  from: { turn: null, isGiven: true },
}

/** The service takes ids of at most 32 characters. */
const longestId = 32
const anchorId = 'anchor'

/** One very long turn must not push all others out. */
export const mostTurnCharacters = 6_000

export function planRestore(
  conversation: Conversation,
  budget: RestoreBudget,
  { endpoint, without, bare, from, pictures = () => false }: RestoreWants = { endpoint: '', without: [], bare: false },
): RestorePlan {
  const bars = [
    ...conversation.leftOut.filter((one) => one.endpoint === endpoint),
    ...without.map((one) => ({ ...one, endpoint })),
  ]
  const isBarred = (of: LeftOut['of'], id: string): boolean => bars.some((one) => one.of === of && one.id === id)
  const summary = summaryFor(conversation, isBarred)
  const { turns, tools } = conversation
  const since = behind(turns, summary)
  const kept = from === undefined ? null : indexOf(from, turns)
  // Of what came before only the number counts, so that a long history costs little.
  const start = Math.max(since, kept ?? 0)
  const isWhole = start === 0 && (kept === null || from?.turn === null)
  const open = unitsOf(turns.slice(start), tools, isWhole).map((unit) => withoutBarred(unit, isBarred))
  const newest = kept === null ? takeNewest(open, budget) : open
  const saidBehind = turns.slice(0, since).filter(isWorded).length
  const missing =
    turns.slice(since, start).filter(isWorded).length +
    turns.slice(start).filter(isWorded).length -
    newest.filter(isSaid).length
  const refused = bars.filter((bar) => isOf(bar, turns.slice(since), tools, summary))
  const inWords =
    kept === null
      ? turnsInWords(
          newest.map(({ turn }) => turn),
          pictures,
          budget.pictureTokens ?? 0,
        )
      : (from?.inWords ?? [])
  const isShown = ({ id, pictures: shown }: Turn): boolean =>
    !inWords.includes(id) && keptPictures(shown).length > 0 && keptPictures(shown).every(pictures)
  const given = newest.flatMap((unit) => itemsOf(unit, isShown))
  const anchor = bare ? null : anchorFor(summary, missing, refused.length > 0)
  const planned = withUniqueIds(anchor === null ? given : [anchor, ...given], longestId)
  return {
    items: planned.map(({ item }) => item),
    sources: new Map(planned.map(({ item, source }) => [item.id ?? '', source])),
    leftOut: saidBehind + missing,
    missing,
    refused,
    behind: sourcesOf(turns.slice(0, since), tools),
    from:
      kept === null
        ? {
            ...beginningOf(newest, turns, isWhole && newest.length === open.length),
            ...(inWords.length > 0 && { inWords }),
          }
        : (from ?? emptyPlan.from),
  }
}

/** @returns null where that turn is gone: then the budget decides anew */
function indexOf({ turn, isGiven }: Beginning, turns: readonly Turn[]): number | null {
  if (turn === null) return 0
  const at = turns.findLastIndex(({ id }) => id === turn)
  return at === -1 ? null : isGiven ? at : at + 1
}

function beginningOf([first]: readonly Unit[], turns: readonly Turn[], isAll: boolean): Beginning {
  if (isAll) return { turn: null, isGiven: true }
  if (first) return { turn: first.turn?.id ?? null, isGiven: true }
  return { turn: turns.at(-1)?.id ?? null, isGiven: false }
}

function sourcesOf(turns: readonly Turn[], tools: readonly ToolCall[]): ItemSource[] {
  const ids = new Set(turns.map(({ id }) => id))
  const calls = tools.filter(({ after }) => after !== null && ids.has(after))
  return [
    ...turns.map(({ id }): ItemSource => ({ of: 'turn', id })),
    ...calls.map(({ call }): ItemSource => ({ of: 'call', id: call })),
  ]
}

/** What the model shall believe was said: of an interrupted turn only what was heard. */
export function wordsOf(turn: Turn): string {
  switch (turn.state.type) {
    case 'open':
      // The person's words never came, or the app ended in the middle of the voice's turn.
      return turn.role === 'assistant' ? turn.text.trim() : ''
    case 'final':
      return withSentences(turn.text.trim(), turn.pictures)
    case 'cut':
      // Of an answer of which nothing was heard nothing is to be known.
      return turn.state.heard.trim() === '' ? '' : withCutMark(turn.state.heard)
    case 'failed':
      return ''
  }
}

/** A turn with the calls behind it; the first unit may have calls from before any turn. */
export interface Unit {
  turn: Turn | null
  /** Empty when there is nothing to give back. */
  words: string
  calls: readonly ToolCall[]
  characters: number
}

/** What no summary stands for, oldest first, without what this endpoint refuses. */
export function unitsSince({ turns, tools, summary, leftOut }: Conversation, endpoint = ''): Unit[] {
  const bars = leftOut.filter((one) => one.endpoint === endpoint)
  const since = behind(turns, summary)
  return unitsOf(turns.slice(since), tools, since === 0).map((unit) =>
    withoutBarred(unit, (of, id) => bars.some((bar) => bar.of === of && bar.id === id)),
  )
}

export function unitItems(unit: Unit): WireItem[] {
  return itemsOf(unit).map(({ item }) => item)
}

/** How many of the turns the summary stands for. */
function behind(turns: readonly Turn[], summary: Summary | null): number {
  return summary === null ? 0 : turns.findIndex(({ id }) => id === summary.through) + 1
}

interface Planned {
  item: WireItem
  source: ItemSource
}

const isSaid = ({ words }: Unit): boolean => words !== ''
const isWorded = (turn: Turn): boolean => wordsOf(turn) !== ''

/** @param isWhole the turns are the conversation's first: calls from before any turn are theirs */
function unitsOf(turns: readonly Turn[], tools: readonly ToolCall[], isWhole: boolean): Unit[] {
  // Calls of the agent's tasks are the agent's own; the voice asked for the task and was told its result.
  const own = tools.filter(({ task }) => task === null)
  const byTurn = groupBy(own, ({ after }) => after)
  const units = turns.map((turn) =>
    measured(turn, shortened(wellFormed(wordsOf(turn)), mostTurnCharacters), byTurn.get(turn.id) ?? []),
  )
  const first = measured(null, '', isWhole ? (byTurn.get(null) ?? []) : [])
  return first.calls.length > 0 ? [first, ...units] : units
}

function measured(turn: Turn | null, words: string, calls: readonly ToolCall[]): Unit {
  return { turn, words, calls, characters: words.length + calls.reduce((sum, call) => sum + lengthOf(call), 0) }
}

/** A turn that the service refuses is missing in words; it keeps its calls. */
function withoutBarred(unit: Unit, isBarred: (of: LeftOut['of'], id: string) => boolean): Unit {
  const words = unit.turn !== null && isBarred('turn', unit.turn.id) ? '' : unit.words
  const calls = unit.calls.filter(({ call }) => !isBarred('call', call))
  return measured(unit.turn, words, calls)
}

export function takeNewest(units: readonly Unit[], budget: RestoreBudget): Unit[] {
  let characters = 0
  let turns = 0
  const taken: Unit[] = []
  for (const unit of units.toReversed()) {
    characters += unit.characters
    turns += isSaid(unit) ? 1 : 0
    if (turns > budget.turns || characters > budget.characters) break
    taken.push(unit)
  }
  return taken.reverse()
}

function itemsOf({ turn, words, calls }: Unit, isShown: (turn: Turn) => boolean = () => false): Planned[] {
  const said = turn === null || words === '' ? [] : [restoreTurn(turn, words, isShown(turn))]
  return [...said, ...calls.flatMap(plannedCall)]
}

/** Turns keep the id of their item, shortened where a server's ids are longer than the service takes back. */
export function restoredId(turn: string): string {
  return turn.slice(-longestId)
}

function restoreTurn(turn: Turn, text: string, showsPictures: boolean): Planned {
  const id = restoredId(turn.id)
  if (showsPictures) return { item: shownTurn(id, turn, mostTurnCharacters), source: { of: 'turn', id: turn.id } }
  const item: WireItem =
    turn.role === 'user'
      ? { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
      : // The service takes an assistant's words as `output_text` only; `text` and audio are refused.
        { id, type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }
  return { item, source: { of: 'turn', id: turn.id } }
}

function plannedCall(tool: ToolCall): Planned[] {
  return restoreCall(tool).map((item) => ({ item, source: { of: 'call', id: tool.call } }))
}

type Summary = NonNullable<Conversation['summary']>

function summaryFor({ summary }: Conversation, isBarred: (of: LeftOut['of'], id: string) => boolean): Summary | null {
  return summary !== null && isBarred('summary', summary.through) ? null : summary
}

function isOf(bar: LeftOut, turns: readonly Turn[], tools: readonly ToolCall[], summary: Summary | null): boolean {
  switch (bar.of) {
    case 'turn':
      return turns.some(({ id }) => id === bar.id)
    case 'call':
      return tools.some(
        ({ call, after }) => call === bar.id && (after === null || turns.some(({ id }) => id === after)),
      )
    case 'summary':
      return summary?.through === bar.id
  }
}

function anchorFor(summary: Summary | null, missing: number, isRefused: boolean): Planned | null {
  const item = anchorItem(anchorId, summary?.text ?? null, missing, isRefused)
  return item === null ? null : { item, source: { of: 'summary', id: summary?.through ?? '' } }
}
