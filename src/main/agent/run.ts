// One task from its request to its end: asks, runs what the model wants run, gives the outputs back, until there is an answer.
// Everything that could go wrong with a turn ends in session.ts; with a call, in the toolbox.
import { openCalls, type Chain } from '../../core/agent/chain.ts'
import { callOutput, hasSearched, isRefusal, spokenText, type FunctionCall, type Item } from '../../core/agent/item.ts'
import { callName } from '../../core/agent/ledger.ts'
import { goOn, taskMessage } from '../../core/agent/request.ts'
import type { Addition } from '../../core/agent/task-entry.ts'
import type { TaskStep } from '../../core/agent/task.ts'
import { stepWords } from '../../core/agent/task-view.ts'
import type { ToolCall } from '../../core/conversation/reduce.ts'
import { wording } from '../../core/language/wording.ts'
import { followUp, type FollowUps } from './follow-ups.ts'
import type { AskedCall, TaskRequest, Toolbox } from './ports.ts'
import type { Session } from './session.ts'

export interface RunOpts {
  task: string
  asked: TaskRequest
  /** What was added in an earlier run of it. */
  added: readonly Addition[]
  session: Session
  toolbox: Pick<Toolbox, 'use' | 'describe' | 'heard'>
  followUps: Pick<FollowUps, 'take' | 'takeLast'>
  /** The calls of the conversation so far. */
  known: () => readonly ToolCall[]
  /** A sentence when nothing more may be spent, null when it may go on. */
  admit: () => string | null
  onStep: (step: TaskStep) => void
  signal: AbortSignal
}

export interface RunEnd {
  outcome: 'done' | 'failed' | 'cancelled' | 'draft'
  /** The answer, or the reason why there is none. */
  result: string
}

/** A model that goes round in circles must come to an end. */
const mostTurns = 100
const cancelled: RunEnd = { outcome: 'cancelled', result: 'It was cancelled.' }

/** Never rejects. */
export async function runTask(opts: RunOpts): Promise<RunEnd> {
  const { session, signal } = opts
  let items: readonly Item[] = await firstItems(opts)
  for (let turn = 0; turn < mostTurns; turn++) {
    if (signal.aborted) return cancelled
    const refusal = opts.admit()
    if (refusal !== null) return { outcome: 'draft', result: refusal }
    const outcome = await session.ask(items, signal)
    if (outcome.type === 'abandoned') return cancelled
    if (outcome.type === 'undone') return { outcome: 'draft', result: outcome.reason }
    const { response } = outcome
    const text = spokenText(response.output)
    if (response.status === 'incomplete')
      return { outcome: 'failed', result: `The answer broke off (${response.reason}). ${text}`.trim() }
    noteSearches(opts, response.output)
    const calls = openCalls(session.chain())
    const added = calls.length === 0 ? opts.followUps.takeLast() : null
    if (added?.length === 0) return { outcome: isRefusal(response.output) ? 'failed' : 'done', result: text }
    items = added ?? [...(await runCalls(opts, calls)), ...opts.followUps.take()]
  }
  return { outcome: 'failed', result: `It was not done after ${mostTurns} steps.` }
}

/** A task that is tried again goes on where it stands: what was done is not done twice. */
async function firstItems(opts: RunOpts): Promise<Item[]> {
  const chain = opts.session.chain()
  if (chain.base.length === 0) return [taskMessage(opts.asked.request, opts.asked.context, opts.asked.pictures)]
  if (hasSearched(chain.base)) opts.toolbox.heard('page')
  const calls = openCalls(chain)
  return [...(await runCalls(opts, calls)), ...notGiven(chain, opts.added), goOn]
}

/** What was added before and is in no request that was answered. */
function notGiven(chain: Chain, added: readonly Addition[]): Item[] {
  const known = new Set(chain.base.map((item) => JSON.stringify(item['content'])))
  return added.map(followUp).filter((item) => !known.has(JSON.stringify(item['content'])))
}

/** What the service itself found in the web is text from elsewhere: from here on every effect asks. */
function noteSearches({ toolbox, onStep }: RunOpts, output: readonly Item[]): void {
  if (!hasSearched(output)) return
  toolbox.heard('page')
  for (const { type, id } of output)
    if (type === 'web_search_call' && typeof id === 'string')
      onStep({ call: id, ...stepWords(wording('step.searchWeb')), state: 'ended' })
}

async function runCalls(opts: RunOpts, calls: readonly FunctionCall[]): Promise<Item[]> {
  const { task, toolbox, session, signal } = opts
  const turn = `${task}.${session.chain().turns}`
  return Promise.all(
    calls.map(async (wanted) => {
      const call = callName(opts.known(), task, wanted)
      const asked: AskedCall = { call, task, turn, name: wanted.name, arguments: wanted.arguments }
      const words = toolbox.describe(asked)
      opts.onStep({ call, ...words, state: 'asked' })
      const { outcome, output } = await toolbox.use(asked, signal)
      opts.onStep({ call, ...words, state: outcome })
      return callOutput(wanted.callId, output)
    }),
  )
}
