// Everything that stands between a model's wish and an effect, for one conversation: is there such a tool, do the arguments
// fit, is it within the limits, must the person be asked, is the intent on disk. What the tools do is tools/*.ts.
import { callLimits, admit, nothingSpent } from '../../core/agent/limits.ts'
import { askRefusal, mustAsk } from '../../core/agent/approval.ts'
import { readArguments } from '../../core/agent/arguments.ts'
import { cutText } from '../../core/agent/cut.ts'
import { plainWords } from '../../core/agent/plain.ts'
import { stepWords } from '../../core/agent/task-view.ts'
import { isFromElsewhere, wrapUntrusted } from '../../core/agent/untrusted.ts'
import { inEnglish } from '../../core/language/language.ts'
import { withTexts, wording } from '../../core/language/wording.ts'
import type { Clock } from '../ports.ts'
import { createApprovals, digestOf, type Verdict } from './approvals.ts'
import type { AskedCall, CallLedger, CallOutcome, Toolbox } from './ports.ts'
import { runTool, type Ran } from './run-tool.ts'
import { createSlots } from './slots.ts'
import { ToolError, type PreparedCall, type SettledCall, type Tool, type ToolOutput } from './tool.ts'

export interface ToolboxOpts {
  clock: Clock
  newId: (prefix: string) => string
  ledger: CallLedger
  /** The tools that are switched on now. */
  tools: () => readonly Tool[]
  /** The conversation holds text from elsewhere already, as every restored one may. */
  hasReadUntrusted: boolean
  /** The person's last turn, whatever it is: another one lets the voice ask again for what got a no. */
  personTurn?: () => string | null
  /** What is said of a call to the model, with the time where that has no clock. */
  stamp?: (output: string) => string
}

interface Running {
  asked: AskedCall
  outcome: Promise<CallOutcome>
}

export function createToolbox(opts: ToolboxOpts): Toolbox {
  const { clock, ledger, newId } = opts
  const approvals = createApprovals(opts)
  const slots = createSlots(callLimits.parallel)
  const running = new Map<string, Running>()
  const closing = new AbortController()
  let spent = nothingSpent
  /** What got a no, by task; null is the voice's own. */
  const refused = new Map<string | null, { calls: Set<string>; turn: string | null }>()
  let { hasReadUntrusted } = opts

  function find(name: string): Tool | undefined {
    return opts.tools().find((tool) => tool.name === name)
  }

  function prepare(asked: AskedCall): { tool: Tool; prepared: PreparedCall } | { why: string } {
    const tool = find(asked.name)
    if (!tool) return { why: 'There is no tool of this name, or it is switched off.' }
    const read = readArguments(asked.arguments)
    if (read.type === 'refused') return read
    const prepared = tool.prepare(read.value)
    return 'why' in prepared ? prepared : { tool, prepared }
  }

  /** The fate of one new call, from the wish to the outcome. Rejects when the ledger does. */
  async function carryOut(asked: AskedCall, signal: AbortSignal): Promise<CallOutcome> {
    const admission = admit(spent, asked.turn ?? asked.task, clock.monotonicMs())
    if (admission.type === 'refused') return failed(admission.why)
    spent = admission.spent
    const found = prepare(asked)
    if ('why' in found) return failed(cutText(found.why, callLimits.whyBytes))
    const slot = await slots.take(signal)
    if (slot === null) return cancelled('It was cancelled before it began.')
    try {
      if (signal.aborted) return cancelled('It was cancelled before it began.')
      const settled = await settle(found.prepared)
      if (settled instanceof ToolError)
        return said({ outcome: 'failed', message: settled.message, quoted: settled.quoted })
      const asks = mustAsk(found.tool.asks, hasReadUntrusted)
      const refusal = asks ? await askPerson(asked, { ...found, settled }, signal) : null
      if (refusal !== null) return refusal
      await ledger.started(asked.call)
      const run = (stop: AbortSignal): Promise<ToolOutput> => settled.run(stop, asks)
      return said(await runTool({ clock, risk: found.tool.risk }, run, signal))
    } finally {
      slot()
    }
  }

  /** Null when it may run. */
  async function askPerson(
    asked: AskedCall,
    { tool, prepared, settled }: { tool: Tool; prepared: PreparedCall; settled: SettledCall },
    signal: AbortSignal,
  ): Promise<CallOutcome | null> {
    const { call, task } = asked
    const { facts, identity } = settled
    const same = digestOf({ tool: tool.name, call: '', arguments: prepared.arguments, facts: [], identity: null })
    const why = askRefusal(refusalsOf(task), same)
    if (why !== null) return cancelled(why)
    const verdict = await approvals.ask(
      {
        call,
        task,
        tool: tool.name,
        risk: tool.risk,
        question: plainWords(inEnglish(settled.question), 600),
        wording: withTexts(settled.question, (text) => plainWords(text, 600)),
        arguments: prepared.arguments,
        facts,
        identity,
        afterUntrusted: hasReadUntrusted,
      },
      signal,
    )
    if (verdict === 'no' || verdict === 'expired') refusalsOf(task).calls.add(same)
    if (verdict !== 'yes') return cancelled(refusals[verdict])
    // A minute is enough to switch a tool off.
    return find(tool.name) ? null : failed('The tool was switched off.')
  }

  function refusalsOf(task: string | null): { calls: Set<string>; turn: string | null } {
    const turn = task === null ? (opts.personTurn?.() ?? null) : null
    const known = refused.get(task)
    if (known?.turn === turn) return known
    const fresh = { calls: new Set<string>(), turn }
    refused.set(task, fresh)
    return fresh
  }

  /** In the words that the model is given, which are at most 48 KiB whatever the tool wrote. */
  function said(ran: Ran): CallOutcome {
    if (ran.outcome === 'ended') return { outcome: 'ended', output: worded(ran.output) }
    const quoted = ran.quoted === null ? '' : `\n${worded(ran.quoted)}`
    return { outcome: ran.outcome, output: `${plainWords(ran.message, 600)}${quoted}` }
  }

  function worded({ text, untrusted }: ToolOutput): string {
    if (untrusted === null) return cutText(text, callLimits.outputBytes)
    hasReadUntrusted = true
    const from = plainWords(untrusted, 80)
    const mark = newId('data')
    const around = Buffer.byteLength(wrapUntrusted(from, '', mark))
    // A kibibyte is left for our own words before it.
    return wrapUntrusted(from, cutText(text, callLimits.outputBytes - around - 1024), mark)
  }

  async function record(asked: AskedCall, isNew: boolean, signal: AbortSignal): Promise<CallOutcome> {
    try {
      if (isNew) await ledger.asked(asked)
      const carried = await carryOut(asked, signal)
      const outcome = { ...carried, output: opts.stamp?.(carried.output) ?? carried.output }
      // What could not be recorded counts as unknown after a restart, which is the truth.
      await ledger.ended(asked.call, outcome).catch(() => undefined)
      return outcome
    } catch {
      return failed('It could not be written down before, so it was not done.')
    }
  }

  return {
    offered() {
      const tools = opts.tools()
      // What a server says of its tools is in the model's mind from here on.
      if (tools.some(({ from }) => from !== 'built-in')) hasReadUntrusted = true
      return tools.map(({ name, description, parameters }) => ({ type: 'function', name, description, parameters }))
    },
    heard(origin) {
      if (isFromElsewhere(origin)) hasReadUntrusted = true
    },
    personAsked: (task) => void refused.delete(task),
    describe(asked) {
      const found = prepare(asked)
      return stepWords('why' in found ? wording('step.using', { name: asked.name }) : found.prepared.describe)
    },
    use(asked, signal) {
      const same = running.get(asked.call)
      if (same)
        return isSame(same.asked, asked) ? same.outcome : Promise.resolve(failed('Another call has this id already.'))
      const fate = ledger.fate(asked.call)
      if (fate === 'running') return Promise.resolve(lost)
      if (fate !== null && fate !== 'asked') return Promise.resolve(fate)
      if (closing.signal.aborted) return Promise.resolve(cancelled('Parley is closing.'))
      const outcome = record(asked, fate === null, AbortSignal.any([signal, closing.signal])).finally(() =>
        running.delete(asked.call),
      )
      running.set(asked.call, { asked, outcome })
      return outcome
    },
    approvals: () => approvals.open(),
    answer: (id, digest, approved) => approvals.answer(id, digest, approved),
    extend: (id) => approvals.extend(id),
    moved: () => approvals.moved(),
    onApprovals: (listen) => approvals.onChanged(listen),
    async close() {
      closing.abort()
      await Promise.all([...running.values()].map(({ outcome }) => outcome))
    },
  }
}

function settle(prepared: PreparedCall): Promise<SettledCall | ToolError> {
  return prepared
    .settle()
    .catch((error: unknown) =>
      error instanceof ToolError ? error : new ToolError('It can’t be done with these arguments.'),
    )
}

const refusals: Record<Exclude<Verdict, 'yes'>, string> = {
  no: 'The person said no. Do not ask for it again.',
  expired: 'Nobody answered in time, which counts as no.',
  withdrawn: 'It was cancelled before it began.',
}

const lost: CallOutcome = { outcome: 'unknown', output: 'It was begun before and it is not known how it ended.' }

function failed(output: string): CallOutcome {
  return { outcome: 'failed', output }
}

function cancelled(output: string): CallOutcome {
  return { outcome: 'cancelled', output }
}

function isSame(one: AskedCall, other: AskedCall): boolean {
  return one.name === other.name && one.arguments === other.arguments
}
