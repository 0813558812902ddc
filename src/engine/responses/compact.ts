// What is left of a long chain when it is compacted: the task at hand nearly whole, what came before in few words. Pure;
// the result is sealed into a compaction item and stands for everything before it.
import { z } from 'zod'
import { summaryOf } from '../mind/recap.ts'
import type { Memo } from '../ports.ts'
import type { Seal } from './seal.ts'

/** Of the task at hand a result may keep so much, of earlier ones so little. */
const mostChars = { current: 6_000, earlier: 400 }

/** Half of the tokens that were too many, at what an English token has in characters at the least. */
export const keptChars = (tokens: number): number => Math.max(2_000, Math.floor((tokens / 2) * 1.5))

const memoSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), role: z.enum(['system', 'user', 'assistant']), text: z.string() }),
  z.object({ type: z.literal('call'), callId: z.string(), name: z.string(), arguments: z.string() }),
  z.object({ type: z.literal('result'), callId: z.string(), output: z.string() }),
])
const sealedSchema = z.object({ version: z.literal(1), memos: z.array(memoSchema) })

/** @param budgetChars how long the kept memos may be together; what the person asked for last is kept in any case */
export function condense(memos: readonly Memo[], budgetChars: number): Memo[] {
  const asked = memos.findLastIndex((memo) => memo.type === 'message' && memo.role === 'user')
  const from = Math.max(0, asked)
  const earlier = memos.slice(0, from).map((memo) => cut(memo, mostChars.earlier))
  const current = memos.slice(from).map((memo, at) => (at === 0 ? memo : cut(memo, mostChars.current)))
  if (length([...earlier, ...current]) <= budgetChars) return [...earlier, ...current]
  const summary: Memo[] = from === 0 ? [] : [{ type: 'message', role: 'system', text: summaryOf(memos.slice(0, from)) }]
  const left = budgetChars - length(summary)
  if (length(current) <= left) return [...summary, ...current]
  const share = Math.max(40, Math.floor(left / Math.max(1, current.length)))
  return [...summary, ...current.map((memo, at) => (at === 0 ? memo : cut(memo, share)))]
}

export function sealMemos(memos: readonly Memo[], seal: Seal): string {
  return seal.close({ version: 1, memos })
}

/** Null for what this engine did not seal. */
export function openMemos(sealed: string, seal: Seal): Memo[] | null {
  const opened = sealedSchema.safeParse(seal.open(sealed))
  return opened.success ? opened.data.memos : null
}

/** The arguments of a call stay as they are: half of them would be something else. */
function cut(memo: Memo, chars: number): Memo {
  switch (memo.type) {
    case 'message':
      return { ...memo, text: shortened(memo.text, chars) }
    case 'call':
      return memo
    case 'result':
      return { ...memo, output: shortened(memo.output, chars) }
  }
}

const shortened = (text: string, chars: number): string =>
  text.length <= chars ? text : `${text.slice(0, Math.max(0, chars - 2))} …`

function lengthOf(memo: Memo): number {
  switch (memo.type) {
    case 'message':
      return memo.text.length
    case 'call':
      return memo.name.length + memo.arguments.length
    case 'result':
      return memo.output.length
  }
}

const length = (memos: readonly Memo[]): number => memos.reduce((sum, memo) => sum + lengthOf(memo), 0)
