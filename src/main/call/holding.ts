// What one session holds, and keeping it as the record wants it: sends what core/conversation/reconcile.ts finds missing or too
// much, first all of it before the session is used, then whenever something has changed.
import type { Change } from '../../core/conversation/change.ts'
import { desire, standsFor, type Desired, type Typed } from '../../core/conversation/desired.ts'
import { mayMatter, reconcile } from '../../core/conversation/reconcile.ts'
import {
  callKey,
  deleting,
  followHeld,
  giving,
  givingInPlace,
  hasPictures,
  keyOf,
  keysOfCall,
  nothingHeld,
  proven,
  refuseItem,
  resultKey,
  truncating,
  turnKey,
  turnOf,
  underWay,
  type Held,
  type RefusedItem,
  type SessionItem,
} from '../../core/conversation/held.ts'
import { emptyPlan, type Beginning, type RestorePlan } from '../../core/conversation/rehydrate.ts'
import type { SeedOrder } from '../../core/conversation/seed-trials.ts'
import { digestOf } from '../../core/conversation/verify.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import { createItem, deleteItem } from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import type { WireError } from '../../core/realtime/outstanding.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import type { Clock } from '../ports.ts'

export interface HoldingOpts {
  clock: Clock
  send: (event: ClientEvent) => void
  conversation: () => Conversation
  /** What a session of this endpoint should be given now. @param from where it begins what this one was given */
  plan: (from?: Beginning) => RestorePlan
  typed: () => readonly Typed[]
  /** Turns that were typed while somebody was heard: they follow what was said. */
  deferred: () => ReadonlySet<string>
  order: () => SeedOrder
  /** The session is about to make a turn of what somebody says. */
  isHearing: () => boolean
  /** An item is ours, so that what is told of it is no news; the turn that it is or follows, and whether it is the newest. */
  onGive: (id: string, turn: string | null, isNewest: boolean) => void
  onRemove: (id: string) => void
  /** What the service did not take, once the session is in use. */
  onRefused: (refused: RefusedItem, plan: RestorePlan) => void
  /** @returns whether the server takes no pictures at all: from now on plans have sentences for them */
  learnPictures: (error: WireError) => boolean
}

export type Readiness =
  | { type: 'under way' }
  | { type: 'ready'; items: number; digest: string }
  | { type: 'different'; item: string; why: string }

export interface Holding {
  /** Gives the fresh session its first items. */
  begin(): Readiness
  /** What an event says of the items; while the first ones are given, what follows. */
  follow(event: HeardEvent): void
  /** An answer came while the first items are given. */
  goOn(): Readiness
  /** The session is in use: from here on `look` keeps it as the record wants it. */
  use(): void
  look(): void
  /** A change of the record; most of them are about what the session made itself, and holds as it is. */
  note(change: Change): void
  /** The service did not take a create, delete or truncate. */
  refused(command: 'create' | 'delete' | 'truncate', id: string, error: WireError): void
  /** Acknowledgements keep their order: an item without one that others have overtaken will get none. */
  overtaken(): string | null
  truncated(id: string, atMs: number): void
  /** What was restored is what would be restored now. */
  isWhole(): boolean
  /**
   * The item at the end of what the session is known to have, and the turns that it is being given at the end.
   * @param previous an item that the service has just named as one that it has
   */
  end(previous: string | null | undefined): { newest: string | null; given: ReadonlySet<string> }
  /** No more is to be expected of what is still growing, or of these. */
  giveUp(items?: ReadonlySet<string>): void
  has(turn: string): boolean
  hasResult(call: string): boolean
  /** The service has told to have the turn, or the result of the call; while it is due to answer, when that began. */
  isTold(turn: string): boolean
  /** The service answers what it has now, with what is only being deleted, whenever it tells of that. */
  answerDue(isDue: boolean): void
  held(): Held
  plan(): RestorePlan
  batches(): number
}

/** What it was to stand behind is gone: that says nothing about the item. */
const noPlace = 'item_create_invalid_previous_item_id'
/** More often a session does not get this wrong by chance. */
const mostMisplaced = 64

export function createHolding(opts: HoldingOpts): Holding {
  const seen = new Set<string>()
  /** What was taken out of the record: should the session still tell of it, it goes there, too. */
  let takenOut: ReadonlySet<string> = new Set()
  /** Calls that were asked for while the session is in use, and not by itself. */
  const came = new Set<string>()
  let held: Held = nothingHeld
  let plan: RestorePlan = emptyPlan
  let batches = 0
  let inUse = false
  /** Something came that a look may find. */
  let isDirty = true
  let deferredThen = 0
  let heldThen: Held | null = null
  /** Something was still growing at the last look: at its end it may have to go. */
  let awaitsEnd = false
  let misplaced = 0
  /** What stands in the wrong place may be moved when something changes. */
  let isStuck = false

  /** @returns how many commands that took */
  function send(isFresh: boolean): number {
    const conversation = opts.conversation()
    const desired = desire(conversation, plan, isFresh ? [] : opts.typed(), opts.deferred())
    for (const { key } of held.items) if (desired.present.has(key)) seen.add(key)
    const mayMove = !isFresh && misplaced < mostMisplaced
    const to = reconcile(held, isFresh ? withoutLast(desired) : desired, { seen, isFresh, mayMove })
    const { create, remove } = to
    misplaced += create.length > 0 ? to.misplaced : 0
    isStuck = to.isStuck
    const now = isFresh ? portion(create) : create
    const isEmpty = held.items.length === 0
    for (const [at, { key, item, previous }] of now.entries()) {
      held = giving(held, key, item, previous, isFresh ? 'restored' : 'live', came.delete(key))
      const id = item.id ?? ''
      const isNewest = held.items.findLast(({ state }) => state !== 'deleting')?.id === id
      opts.onGive(id, standsFor(key, item, isFresh || !isNewest ? conversation : null), isNewest)
      // At the end it needs no place, as what the service has added by then was before it; but not so what it is about to add.
      const isLast = isNewest || (isEmpty && at === 0)
      const isNext = isLast && (isFresh || !opts.isHearing())
      if (!isNext) held = givingInPlace(held, id, previous === null ? 'first' : 'behind')
      opts.send(isNext ? createItem(item) : { ...createItem(item), previous_item_id: previous ?? 'root' })
    }
    for (const id of remove) {
      held = deleting(held, id)
      opts.onRemove(id)
      opts.send(deleteItem(id))
    }
    return now.length + remove.length
  }

  /** The one under which a session broke comes alone, when all others are there. */
  function withoutLast(desired: Desired): Desired {
    const { last } = opts.order()
    const others = desired.items.filter(({ item }) => item.id !== last)
    const isMissing = others.some(({ key }) => !held.items.some((item) => item.key === key && item.state === 'held'))
    return isMissing ? { ...desired, items: others } : desired
  }

  function portion<One>(create: readonly One[]): readonly One[] {
    if (create.length === 0 || underWay(held).length > 0) return []
    batches++
    return create.slice(0, opts.order().batch)
  }

  function readiness(): Readiness {
    if (held.different) return { type: 'different', ...held.different }
    if (underWay(held).length > 0 || send(true) > 0) return { type: 'under way' }
    const given = held.items.flatMap((item) => (item.given === null ? [] : [item.given]))
    const took = held.items.flatMap(({ id, given: one }) => {
      const acknowledged = held.acknowledged.find(({ item }) => item.id === id)
      return one !== null && acknowledged ? [acknowledged.item] : []
    })
    const digest = digestOf(took)
    // Cannot differ when every item is equal; that the figure which is shown says the same is proven with it.
    return digest === digestOf(given)
      ? { type: 'ready', items: given.length, digest }
      : { type: 'different', item: '', why: 'another digest' }
  }

  function look(): void {
    const waiting = opts.deferred().size
    if (!inUse || (!isDirty && waiting === deferredThen && opts.typed().length + waiting === 0)) return
    isDirty = false
    deferredThen = waiting
    plan = opts.plan(plan.from)
    send(false)
    awaitsEnd = held.items.some(({ state }) => state === 'growing')
  }

  /** What the session made itself is as it should be, as a rule: a look at all of it is for what was given, and for what is gone. */
  function mayMove(event: HeardEvent): boolean {
    if (event.type === 'input_audio_buffer.committed') return isStuck || takenOut.has(turnKey(event.item_id))
    if (event.type === 'response.output_item.done') return isStuck || awaitsEnd || takenOut.has(keyOf(event.item))
    if (event.type !== 'conversation.item.added' && event.type !== 'conversation.item.done') return true
    const known = (id: string | null | undefined): SessionItem | undefined =>
      held.items.findLast((item) => item.id === id)
    if (isStuck || known(event.previous_item_id)?.state === 'creating') return true
    const item = known(event.item.id)
    if (item?.given) return event.type === 'conversation.item.added' || item.state !== 'held'
    if (event.type === 'conversation.item.done' && awaitsEnd) return true
    return takenOut.has(keyOf(event.item))
  }

  const without = (item?: SessionItem): Held => ({ ...held, items: held.items.filter((one) => one !== item) })

  function noteKeys(change: Change): void {
    if (change.type === 'turn-started') seen.add(turnKey(change.turn))
    if (change.type === 'tool-asked') {
      if (inUse && !held.items.some(({ call }) => call === change.call)) came.add(callKey(change.call))
      for (const key of keysOfCall(change.call)) seen.add(key)
    }
    if (change.type === 'turn-removed') takenOut = new Set([...takenOut, turnKey(change.turn)])
    if (change.type === 'rolled-back')
      takenOut = new Set([...takenOut, ...change.turns.map(turnKey), ...change.calls.map(callKey)])
    if (change.type === 'put-back') takenOut = new Set()
  }

  return {
    begin() {
      plan = opts.plan()
      return readiness()
    },
    follow(event) {
      const next = followHeld(held, event, opts.clock.nowMs())
      isDirty ||= next !== held && mayMove(event)
      held = next
    },
    goOn: readiness,
    use() {
      inUse = true
      isDirty = true
      held = proven(held)
    },
    look,
    note(change) {
      noteKeys(change)
      isDirty ||= isStuck || mayMatter(change, held)
    },
    refused(command, id, error) {
      const { code, message: reason } = error
      const item = held.items.find((one) => one.id === id)
      isDirty = true
      if (command === 'delete') held = without(item)
      if (command === 'truncate') held = truncating(held, id, null)
      if (command !== 'create' || !item) return
      if (code === noPlace && ++misplaced <= mostMisplaced) return void (held = without(item))
      const picture = !hasPictures(item.given) ? undefined : opts.learnPictures(error) ? 'untaken' : 'refused'
      // Of a server that takes none the same goes once more, without them.
      if (picture === 'untaken' && !inUse) plan = opts.plan()
      held = picture === 'untaken' ? without(item) : refuseItem(held, id, reason)
      if (inUse) opts.onRefused({ item: id, key: item.key, reason, ...(picture && { picture }) }, plan)
    },
    overtaken() {
      const newest = held.acknowledged.at(-1)?.item.id
      const at = held.items.findIndex(({ id }) => id === newest)
      const before = held.items.slice(0, Math.max(0, at))
      const isLast = (id: string): boolean => id === opts.order().last
      return before.find(({ id, state }) => state === 'creating' && !isLast(id))?.id ?? null
    },
    truncated(id, atMs) {
      held = truncating(held, id, atMs)
      isDirty = true
    },
    isWhole: () => JSON.stringify(opts.plan().items) === JSON.stringify(plan.items),
    end(previous) {
      const { items } = held
      const last = Math.max(
        items.findLastIndex(({ state }) => state !== 'creating'),
        items.findLastIndex(({ id }) => id === previous),
      )
      const given = items
        .slice(last + 1)
        .filter(({ place }) => place === 'end')
        .map(({ key }) => turnOf(key))
        .filter((turn) => turn !== null)
      return { newest: items[last]?.id ?? null, given: new Set(given) }
    },
    giveUp(items) {
      const isOver = ({ id, state }: SessionItem): boolean => state === 'growing' && (items?.has(id) ?? true)
      held = { ...held, items: held.items.map((item) => (isOver(item) ? { ...item, state: 'held' } : item)) }
      isDirty = true
    },
    has: (turn) => held.items.some(({ key, state }) => key === turnKey(turn) && state !== 'deleting'),
    isTold(turn) {
      const keys = [turnKey(turn), resultKey(turn)]
      const states: readonly string[] = heldThen ? ['held', 'deleting'] : ['held']
      return (heldThen ?? held).items.some(({ key, state }) => states.includes(state) && keys.includes(key))
    },
    answerDue: (isDue) => void (heldThen = isDue ? held : null),
    hasResult: (call) => held.items.some(({ key }) => key === resultKey(call)),
    held: () => held,
    plan: () => plan,
    batches: () => batches,
  }
}
