// What a task's log holds, and the chain that it folds to. The log is complete (compaction takes nothing out of it), so a task
// can be told anew after any loss. Whether a call ran is not here but in the conversation's record.
import { z } from 'zod'
import { answer, compacted, emptyChain, give, undo, type Chain } from './chain.ts'
import { itemSchema } from './item.ts'

const items = z.array(itemSchema)

export const taskEntrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begun'), request: z.string(), context: z.string() }),
  /** About to be sent. Without an `answered` behind it, what became of it is unknown. */
  z.object({ type: z.literal('given'), items }),
  z.object({ type: z.literal('answered'), response: z.string(), items, inputTokens: z.number().int().nonnegative() }),
  /** The chain stands again as it did before what was given last. */
  z.object({ type: z.literal('undone'), reason: z.string() }),
  z.object({ type: z.literal('compacted'), items }),
  /** The person added something while it was at work; it is given with the next request. */
  z.object({ type: z.literal('added'), text: z.string() }),
])
export type TaskEntry = z.infer<typeof taskEntrySchema>

export interface RememberedTask {
  request: string
  context: string
  chain: Chain
  /** What was added to it, oldest first, given or not. */
  added: readonly string[]
}

/** Null for a log without a beginning. */
export function rememberTask(entries: readonly TaskEntry[]): RememberedTask | null {
  const begun = entries.find((entry) => entry.type === 'begun')
  if (!begun) return null
  const chain = entries.reduce(follow, emptyChain)
  // What was given and never answered is given anew when the task goes on.
  const added = entries.flatMap((entry) => (entry.type === 'added' ? [entry.text] : []))
  return { request: begun.request, context: begun.context, chain: undo(chain), added }
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
