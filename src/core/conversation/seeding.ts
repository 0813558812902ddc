// Giving one fresh session its items: all at once, or in batches after an earlier session died of them. Refusals are laid at
// their item's door, by name or by what is left when everything else is acknowledged. Pure; the socket is main/voice's.
import type { WireItem } from '../realtime/events.ts'
import type { HeardEvent, HeardEventOf } from '../realtime/wire-events.ts'
import { verifyRestore, type Acknowledged, type Verification } from './verify.ts'

export interface RefusedItem {
  item: string
  /** In the service's words. */
  reason: string
}

export interface Seeding {
  plan: readonly WireItem[]
  /** Items a batch; the next goes out when every item of those before has its answer. */
  batch: number
  /** How many of the plan, from its beginning, were sent. */
  sent: number
  batches: number
  done: readonly Acknowledged[]
  refused: readonly RefusedItem[]
  /** Refusals that name nothing. */
  nameless: readonly string[]
  /** Calls whose output was refused: they are taken back, since a call without its output is no settled one. */
  withdrawing: readonly string[]
  withdrawn: readonly string[]
}

export interface SeedingStep {
  seeding: Seeding
  create: readonly WireItem[]
  /** Ids to be deleted from the session. */
  remove: readonly string[]
  /** Set once, at the end. */
  outcome: Verification | null
}

/** Marks our create, so that a refusal can be laid at its item's door. */
export function createEventId(item: WireItem): string {
  return `restore_${item.id ?? ''}`
}

/** @param batch items a batch; `Infinity` for all at once */
export function beginSeeding(plan: readonly WireItem[], batch: number): SeedingStep {
  return goOn({
    plan,
    batch,
    sent: 0,
    batches: 0,
    done: [],
    refused: [],
    nameless: [],
    withdrawing: [],
    withdrawn: [],
  })
}

export function takeSeeding(seeding: Seeding, event: HeardEvent): SeedingStep {
  switch (event.type) {
    case 'conversation.item.done':
      return goOn(acknowledge(seeding, { item: event.item, previous: event.previous_item_id ?? null }))
    case 'conversation.item.deleted':
      return goOn({
        ...seeding,
        withdrawing: seeding.withdrawing.filter((id) => id !== event.item_id),
        withdrawn: [...seeding.withdrawn, event.item_id],
      })
    case 'error':
      return goOn(refuse(seeding, event.error))
    default:
      return { seeding, create: [], remove: [], outcome: null }
  }
}

/** Ids of items that were sent and have no answer yet, oldest first. */
export function outstandingItems({ plan, sent, done, refused }: Seeding): string[] {
  const answered = new Set([...done.map(({ item }) => item.id), ...refused.map(({ item }) => item)])
  return plan
    .slice(0, sent)
    .map(({ id }) => id ?? '')
    .filter((id) => !answered.has(id))
}

function acknowledge(seeding: Seeding, acknowledged: Acknowledged): Seeding {
  // One that a nameless refusal seemed to mean, and did not.
  const refused = seeding.refused.filter(({ item }) => item !== acknowledged.item.id)
  return { ...seeding, refused, done: [...seeding.done, acknowledged] }
}

function refuse(seeding: Seeding, error: HeardEventOf<'error'>['error']): Seeding {
  const { event_id: named = null, message } = error
  const item = seeding.plan.find((one) => createEventId(one) === named)
  if (item) return { ...seeding, refused: [...seeding.refused, { item: item.id ?? '', reason: message }] }
  // An error of the service's own refuses no item: its answer is still to come.
  if (named !== null || error.type === 'server_error') return seeding
  return { ...seeding, nameless: [...seeding.nameless, message] }
}

function goOn(before: Seeding): SeedingStep {
  const seeding = layNameless(before)
  const remove = danglingCalls(seeding)
  const next = { ...seeding, withdrawing: [...seeding.withdrawing, ...remove] }
  if (outstandingItems(next).length > 0 || next.withdrawing.length > 0)
    return { seeding: next, create: [], remove, outcome: null }
  if (next.sent === next.plan.length) return { seeding: next, create: [], remove, outcome: prove(next) }
  const create = next.plan.slice(next.sent, next.sent + next.batch)
  const sent = next.sent + create.length
  return { seeding: { ...next, sent, batches: next.batches + 1 }, create, remove, outcome: null }
}

/** When as many answers are missing as refusals came without a name, the refusals are theirs. */
function layNameless(seeding: Seeding): Seeding {
  const missing = outstandingItems(seeding)
  if (missing.length === 0 || seeding.nameless.length < missing.length) return seeding
  const refused = missing.map((item, at) => ({ item, reason: seeding.nameless[at] ?? '' }))
  return { ...seeding, refused: [...seeding.refused, ...refused], nameless: seeding.nameless.slice(missing.length) }
}

function danglingCalls({ plan, done, refused, withdrawing, withdrawn }: Seeding): string[] {
  const isRefused = (id: string): boolean => refused.some(({ item }) => item === id)
  const calls = plan.flatMap((item) =>
    item.type === 'function_call_output' && isRefused(item.id ?? '') ? [item.call_id] : [],
  )
  return done
    .filter(({ item }) => item.type === 'function_call' && calls.includes(item.call_id ?? ''))
    .map(({ item }) => item.id)
    .filter((id) => !withdrawing.includes(id) && !withdrawn.includes(id))
}

function prove({ plan, done, refused, withdrawn }: Seeding): Verification {
  const isHere = (id: string): boolean => !withdrawn.includes(id) && !refused.some(({ item }) => item === id)
  return verifyRestore(
    heldItems(plan, refused, withdrawn),
    done.filter(({ item }) => isHere(item.id)),
    [...withdrawn, ...refused.map(({ item }) => item)],
  )
}

/** What of the plan the session holds. */
export function heldItems(
  plan: readonly WireItem[],
  refused: readonly RefusedItem[],
  withdrawn: readonly string[],
): WireItem[] {
  const isGone = (id: string): boolean => withdrawn.includes(id) || refused.some(({ item }) => item === id)
  return plan.filter(({ id }) => !isGone(id ?? ''))
}
