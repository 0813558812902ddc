// What the mind gets to see of a chain: its items as memos, from the newest compaction on, with their tokens. An item is
// counted and a compaction opened once, however often its chain goes on.
import type { Memo } from '../ports.ts'
import { countTextTokens } from '../realtime/tokens.ts'
import { openMemos } from './compact.ts'
import type { Seal } from './seal.ts'
import type { Compaction, Item } from './wire.ts'

export interface Contexts {
  /** Null for a compaction that this engine did not make. */
  memosOf(item: Item): readonly Memo[] | null
  /** What the item weighs in the mind's context. */
  tokensOf(item: Item): number
}

export function createContexts(seal: Seal): Contexts {
  const opened = new WeakMap<Compaction, readonly Memo[] | null>()
  const counted = new WeakMap<Item, number>()

  function memosOf(item: Item): readonly Memo[] | null {
    if (item.type !== 'compaction') return [memoOf(item)]
    let memos = opened.get(item)
    if (memos === undefined) opened.set(item, (memos = openMemos(item.encrypted_content, seal)))
    return memos
  }

  return {
    memosOf,
    tokensOf(item) {
      let tokens = counted.get(item)
      if (tokens === undefined) {
        tokens = (memosOf(item) ?? []).reduce((sum, memo) => sum + countMemo(memo), 0)
        counted.set(item, tokens)
      }
      return tokens
    },
  }
}

/** The items that count: a compaction stands for everything before it. */
export function effective(items: readonly Item[]): readonly Item[] {
  const from = items.findLastIndex(({ type }) => type === 'compaction')
  return from <= 0 ? items : items.slice(from)
}

function memoOf(item: Exclude<Item, Compaction>): Memo {
  switch (item.type) {
    case 'message':
      return {
        type: 'message',
        role: item.role === 'developer' ? 'system' : item.role,
        text: item.content.map((part) => (part.type === 'refusal' ? part.refusal : part.text)).join('\n'),
        ...('pictures' in item && item.pictures ? { pictures: item.pictures } : {}),
      }
    case 'function_call':
      return { type: 'call', callId: item.call_id, name: item.name, arguments: item.arguments }
    case 'function_call_output':
      return { type: 'result', callId: item.call_id, output: item.output }
  }
}

function countMemo(memo: Memo): number {
  switch (memo.type) {
    case 'message':
      return countLongText(memo.text)
    case 'call':
      return countLongText(`${memo.name} ${memo.arguments}`)
    case 'result':
      return countLongText(memo.output)
  }
}

const sampleChars = 2_000
const samples = 4

/** Counting goes on in the loop that also serves the voice, so of a long text samples are counted. */
function countLongText(text: string): number {
  if (text.length <= sampleChars * samples) return countTextTokens(text)
  const apart = (text.length - sampleChars) / (samples - 1)
  let tokens = 0
  for (let at = 0; at < samples; at += 1) {
    const from = Math.floor(at * apart)
    tokens += countTextTokens(text.slice(from, from + sampleChars))
  }
  return Math.round((tokens * text.length) / (sampleChars * samples))
}
