// What a task's log holds, and the chain that it folds to. The log is complete (compaction takes nothing out of it), so a task
// can be told anew after any loss. Whether a call ran is not here but in the conversation's record.
import { z } from 'zod'
import type { Picture } from '../pictures/picture.ts'
import { picturesSchema } from '../pictures/picture-schema.ts'
import { answer, compacted, emptyChain, give, undo, type Chain } from './chain.ts'
import { itemSchema } from './item.ts'

const items = z.array(itemSchema)

export const taskEntrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begun'), request: z.string(), context: z.string(), pictures: picturesSchema.optional() }),
  /** About to be sent. Without an `answered` behind it, what became of it is unknown. */
  z.object({ type: z.literal('given'), items }),
  z.object({ type: z.literal('answered'), response: z.string(), items, inputTokens: z.number().int().nonnegative() }),
  /** The chain stands again as it did before what was given last. */
  z.object({ type: z.literal('undone'), reason: z.string() }),
  z.object({ type: z.literal('compacted'), items }),
  /** The person added something while it was at work; it is given with the next request. */
  z.object({ type: z.literal('added'), text: z.string(), pictures: picturesSchema.optional() }),
])
export type TaskEntry = z.infer<typeof taskEntrySchema>

export interface RememberedTask {
  request: string
  context: string
  pictures?: readonly Picture[] | undefined
  chain: Chain
  /** What was added to it, oldest first, given or not. */
  added: readonly Addition[]
}

/** What the person added to a task that was at work. */
export interface Addition {
  text: string
  pictures?: readonly Picture[] | undefined
}

/** Null for a log without a beginning. */
export function rememberTask(entries: readonly TaskEntry[]): RememberedTask | null {
  const begun = entries.find((entry) => entry.type === 'begun')
  if (!begun) return null
  const chain = entries.reduce(follow, emptyChain)
  // What was given and never answered is given anew when the task goes on.
  const added = entries.flatMap((entry) => (entry.type === 'added' ? [entry] : []))
  const { request, context, pictures } = begun
  return { request, context, pictures, chain: undo(chain), added }
}

function follow(chain: Chain, entry: TaskEntry): Chain {
  switch (entry.type) {
    case 'begun':
    case 'added':
      return chain
    case 'given':
      return give(chain, entry.items)
    case 'answered':
      return answer(chain, { id: entry.response, output: entry.items, inputTokens: entry.inputTokens }, null)
    case 'undone':
      return undo(chain)
    case 'compacted':
      return compacted(chain, entry.items)
  }
}
