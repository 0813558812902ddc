// What a session should hold: the items of the plan and words that are not on disk yet, with what is known of everything else that it
// may hold. Pure; how a session is made so is reconcile.ts.
import { groupBy } from '../group-by.ts'
import type { Picture } from '../pictures/picture.ts'
import type { WireItem } from '../realtime/events.ts'
import type { Conversation, Turn } from './conversation.ts'
import { callKey, keysOfCall, noteKey, resultKey, turnKey, turnOf } from './held.ts'
import { userMessage } from '../realtime/commands.ts'
import { mostTurnCharacters, restoredId, type ItemSource, type RestorePlan } from './rehydrate.ts'
import { shownTurn } from './shown-pictures.ts'

export interface Wanted {
  key: string
  item: WireItem
}

export interface Desired {
  items: readonly Wanted[]
  /** Keys of everything that the record holds, in words or not, in its order. */
  present: ReadonlySet<string>
  /** Keys of what a summary stands for. */
  behind: ReadonlySet<string>
  /** Keys of what was taken away, and of calls of turns that are gone. */
  gone: ReadonlySet<string>
  /** Turns of the voice of which not everything was heard. */
  cut: ReadonlySet<string>
  /** Turns of the voice that are still being said: what was heard of them is not known yet. */
  unsettled: ReadonlySet<string>
}

/** Words of the person that are not on disk yet. */
export interface Typed {
  turn: string
  text: string
  pictures?: readonly Picture[]
}

/** @param deferred turns that are not to be given yet: others, which were said before, are about to become items */
export function desire(
  conversation: Conversation,
  plan: RestorePlan,
  typed: readonly Typed[] = [],
  deferred: ReadonlySet<string> = new Set(),
): Desired {
  const { turns, tools, rolledBack } = conversation
  const known = new Set(turns.map(({ id }) => id))
  const isKnown = (id: string): boolean => known.has(id)
  const unsaved = typed.filter(({ turn }) => !isKnown(turn))
  // With what is said to follow them.
  const later = new Set([
    ...[...deferred].map(turnKey),
    ...tools.flatMap(({ call, after }) => (deferred.has(after ?? '') ? keysOfCall(call) : [])),
  ])
  const items: Wanted[] = [
    ...plan.items.map((item) => ({ key: keyOf(item, plan.sources.get(item.id ?? '')), item })),
    ...unsaved.map(({ turn, text, pictures }) => ({
      key: turnKey(turn),
      item: pictures
        ? shownTurn(restoredId(turn), { text, pictures }, mostTurnCharacters)
        : userMessage(restoredId(turn), text),
    })),
  ]
  return {
    items: items.filter(({ key }) => !later.has(key)),
    present: new Set([...inOrder(conversation), ...unsaved.map(({ turn }) => turnKey(turn))]),
    gone: new Set([
      ...(rolledBack?.turns ?? []).map(({ id }) => turnKey(id)),
      ...tools.filter(({ after }) => after !== null && !isKnown(after)).flatMap(({ call }) => keysOfCall(call)),
      ...(rolledBack?.tools ?? []).flatMap(({ call }) => keysOfCall(call)),
    ]),
    behind: new Set(plan.behind.flatMap((source) => keysOf(source))),
    cut: new Set(turns.filter(({ state }) => state.type === 'cut').map(({ id }) => turnKey(id))),
    unsettled: new Set(turns.filter(isBeingSaid).map(({ id }) => turnKey(id))),
  }
}

function inOrder({ turns, tools }: Conversation): string[] {
  const known = new Set(turns.map(({ id }) => id))
  const behind = groupBy(tools, ({ after }) => (after !== null && known.has(after) ? after : null))
  const keysBehind = (turn: string | null): string[] => (behind.get(turn) ?? []).flatMap(({ call }) => keysOfCall(call))
  return [...keysBehind(null), ...turns.flatMap(({ id }) => [turnKey(id), ...keysBehind(id)])]
}

function isBeingSaid({ role, state, playedMs, audioMs }: Turn): boolean {
  return role === 'assistant' && (state.type === 'open' || (state.type === 'final' && playedMs === null && audioMs > 0))
}

function keyOf(item: WireItem, source: ItemSource | undefined): string {
  if (source === undefined || source.of === 'summary') return noteKey
  if (source.of === 'turn') return turnKey(source.id)
  return item.type === 'function_call' ? callKey(source.id) : resultKey(source.id)
}

function keysOf({ of, id }: ItemSource): string[] {
  return of === 'turn' ? [turnKey(id)] : of === 'call' ? keysOfCall(id) : []
}

/** The turn that an item is, or that it follows in the record; null where it is put at the end as it comes. */
export function standsFor(key: string, item: WireItem, conversation: Conversation | null): string | null {
  const turn = turnOf(key)
  if (turn !== null) return turn
  if (item.type !== 'function_call' && item.type !== 'function_call_output') return null
  return conversation?.tools.find(({ call }) => call === item.call_id)?.after ?? null
}
