// What the model holds, for a window: the items of the session that lives, how that was proven, and what was left out with why.
import type { Conversation, LeftOut } from './conversation.ts'
import type { Held, HeldKind } from './held.ts'

export type { HeldKind }
import { restoredId, wordsOf, type RestorePlan } from './rehydrate.ts'
import { shortened } from './shorten.ts'

export interface HeldItem {
  id: string
  kind: HeldKind
  /** Of a call and its result. */
  call: string | null
  from: 'restored' | 'live'
  /** Null while it is still growing. */
  acknowledgedMs: number | null
  text: string
  /** What its pictures count as; absent for none. */
  pictureTokens?: number
}

export interface RestoreProof {
  atMs: number
  items: number
  /** Of what the service acknowledged, equal to that of what it was given. */
  digest: string
  /** Sessions begun and batches sent until it was proven. */
  sessions: number
  attempts: number
}

export interface HoldsView {
  /** Null while there is no line. */
  session: string | null
  proof: RestoreProof | null
  items: readonly HeldItem[]
  /** By name, with the service's reason. */
  refused: readonly { of: LeftOut['of']; words: string; reason: string }[]
  /** Turns that are not given in words; the summary stands for all but `missing` of them. */
  leftOut: number
  missing: number
  summary: string | null
}

export const noHolds: HoldsView = {
  session: null,
  proof: null,
  items: [],
  refused: [],
  leftOut: 0,
  missing: 0,
  summary: null,
}

const mostShown = 400

export function viewHolds(
  session: string,
  { items }: Held,
  plan: Pick<RestorePlan, 'leftOut' | 'missing' | 'refused'>,
  proof: RestoreProof | null,
  conversation: Conversation,
): HoldsView {
  const turns = new Map(conversation.turns.map((turn) => [restoredId(turn.id), wordsOf(turn)]))
  const { leftOut, missing, refused } = plan
  return {
    session,
    proof,
    items: items
      .filter(({ state }) => state === 'held' || state === 'growing')
      .map(({ id, kind, call, from, acknowledgedMs, text, pictureTokens }) => {
        // The service gives no words for what it spoke, what was interrupted and for pictures; the record knows them.
        const isTold = from === 'live' || pictureTokens !== undefined
        const words = isTold ? (turns.get(restoredId(id)) ?? text) : text
        const shown = { id, kind, call, from, acknowledgedMs, text: shortened(words, mostShown) }
        return pictureTokens === undefined ? shown : { ...shown, pictureTokens }
      }),
    refused: refused.map((one) => ({ of: one.of, words: wordsOfRefused(one, conversation), reason: one.reason })),
    leftOut,
    missing,
    summary: conversation.summary?.text ?? null,
  }
}

function wordsOfRefused({ of, id }: LeftOut, { turns, tools, summary }: Conversation): string {
  switch (of) {
    case 'turn':
      return shortened(turns.find((turn) => turn.id === id)?.text ?? '', mostShown)
    case 'call':
      return tools.find((tool) => tool.call === id)?.name ?? id
    case 'summary':
      return shortened(summary?.text ?? '', mostShown)
  }
}
