// The agent of one conversation: its tasks, their fates in the record, what a person sees of them. How a task runs is run.ts's,
// over which connections is pool.ts's.
import { createEmitter } from '../../core/emitter.ts'
import { emptyChain } from '../../core/agent/chain.ts'
import { agentPolicy, poolFigures, type PoolFigures } from '../../core/agent/policy.ts'
import { warmRequest, type AgentConfig } from '../../core/agent/request.ts'
import { rememberTask } from '../../core/agent/task-entry.ts'
import type { TaskStep, TaskView } from '../../core/agent/task.ts'
import {
  stepWords,
  beginTask,
  endTask,
  rememberedTasks,
  resumeTask,
  setAsking,
  setStep,
  setStepState,
} from '../../core/agent/task-view.ts'
import type { TurnUsage } from '../../core/agent/wire-events.ts'
import { withSentences } from '../../core/pictures/picture.ts'
import type { ConnectionPolicy } from '../../core/connection/policy.ts'
import type { Change } from '../../core/conversation/change.ts'
import { wording } from '../../core/language/wording.ts'
import { noUsage, totalTokens } from '../../core/conversation/usage.ts'
import type { Clock, ConversationRecord, OpenSocket, Random, SocketRequest, Fetch } from '../ports.ts'
import type { Files } from '../store/files.ts'
import { noAgentCounts } from './counts.ts'
import { createFollowUps, type FollowUps } from './follow-ups.ts'
import { createResponsesHttp } from './http.ts'
import type { OpenLedger } from './ledger.ts'
import { createPool, type Pool } from './pool.ts'
import type { Agent, TaskRequest, Toolbox } from './ports.ts'
import { runTask, type RunEnd } from './run.ts'
import { createSession } from './session.ts'
import { openTaskLog, pruneTaskLogs, type TaskLog } from './task-log.ts'

export interface AgentOpts {
  clock: Clock
  random: Random
  openSocket: OpenSocket
  fetch: Fetch
  /** Where to connect now; rejects with EndpointError when that must be mended first. */
  request: () => Promise<SocketRequest>
  record: ConversationRecord
  toolbox: Toolbox
  ledger: OpenLedger
  files: Files
  /** For the tasks' logs, one folder each. */
  folder: string
  config: () => AgentConfig
  newId: (prefix: string) => string
  /** A sentence when nothing more may be spent, null when it may go on; asked before every turn. */
  admit?: () => string | null
  policy?: ConnectionPolicy
  figures?: PoolFigures
}

export interface RunningAgent extends Agent {
  /** Resolves when the tasks and calls of an earlier run are settled. */
  settled: Promise<void>
  /** For the health panel. */
  connections: Pick<Pool, 'counts' | 'phases'>
}

interface Running {
  controller: AbortController
  followUps: FollowUps
  done: Promise<void>
}

/** One run of a task; `opened`: from here on its log is there. */
interface Run {
  task: string
  asked: TaskRequest
  followUps: FollowUps
  signal: AbortSignal
  opened: (log: TaskLog) => void
}

/** The newest tasks' logs that are kept, so that they can be tried again. */
const keptLogs = 64
const wasEnded = 'Parley was ended while it was at work. Nothing was done twice; it can go on from where it stands.'
const wasClosed: RunEnd = { outcome: 'draft', result: wasEnded }

export function createAgent(opts: AgentOpts): RunningAgent {
  const { clock, record, toolbox, ledger } = opts
  const counts = noAgentCounts()
  const http = createResponsesHttp({ ...opts, counts })
  const onWarmed = (usage: TurnUsage): void => count(usage, {})
  const pool = createPool({
    ...opts,
    http,
    counts,
    onWarmed,
    policy: opts.policy ?? agentPolicy,
    figures: opts.figures ?? poolFigures,
  })
  const events = createEmitter<{ task: TaskView }>()
  const views = new Map<string, TaskView>()
  const running = new Map<string, Running>()
  const manages = { context: true }
  let closing = false

  const describe = toolbox.describe
  for (const view of rememberedTasks(record.conversation(), describe)) views.set(view.id, view)
  const undoApprovals = toolbox.onApprovals((open) => {
    for (const view of views.values())
      show(
        setAsking(
          view,
          open.some(({ task }) => task === view.id),
        ),
      )
  })
  const undoStored = record.onStored(({ change }) => {
    if (change.type !== 'tool-started') return
    const view = [...views.values()].find(({ steps }) => steps.some(({ call }) => call === change.call))
    if (view) show(setStepState(view, change.call, 'running'))
  })
  const settled = settle()
  settled.catch(() => undefined)

  /** Tasks that an earlier run left at work are drafts; which of their calls ran, the ledger has settled before. */
  async function settle(): Promise<void> {
    const left = record.conversation().tasks.filter(({ state }) => state === 'working')
    await ledger.settled
    await record.append(
      left.map(({ id }): Change => ({ type: 'task-ended', task: id, outcome: 'draft', result: wasEnded })),
    )
    for (const view of rememberedTasks(record.conversation(), describe)) if (!running.has(view.id)) show(view)
    const keep = [...views.keys()].slice(-keptLogs)
    await pruneTaskLogs(opts.files, opts.folder, keep)
  }

  function show(view: TaskView): void {
    if (views.get(view.id) === view) return
    views.set(view.id, view)
    events.emit('task', view)
  }

  function alter(task: string, change: (view: TaskView) => TaskView): void {
    const view = views.get(task)
    if (view) show(change(view))
  }

  function start(task: string, asked: TaskRequest): void {
    const controller = new AbortController()
    let log: TaskLog | null = null
    const followUps = createFollowUps((entry) => log?.append(entry) ?? Promise.resolve())
    const run: Run = { task, asked, followUps, signal: controller.signal, opened: (one) => void (log = one) }
    const done = runOnce(run)
      .catch((error: unknown): RunEnd => {
        const reason = error instanceof Error ? error.message : 'It could not be begun.'
        return { outcome: 'draft', result: reason }
      })
      .then((end) => finish(task, closing && end.outcome === 'cancelled' ? wasClosed : end))
    running.set(task, { controller, followUps, done })
  }

  async function runOnce(run: Run): Promise<RunEnd> {
    const { task, asked } = run
    await settled
    const after = record.conversation().turns.at(-1)?.id ?? null
    await record.append([{ type: 'task-started', task, request: asked.request, after }])
    const log = await openTaskLog(opts.files, opts.folder, task)
    try {
      return await runOver(log, run)
    } finally {
      run.followUps.close()
      await log.close()
    }
  }

  async function runOver(log: TaskLog, { task, asked, followUps, signal, opened }: Run): Promise<RunEnd> {
    const before = rememberTask(log.entries())
    const { request, context, pictures } = asked
    if (before === null)
      await log.append({ type: 'begun', request, context, ...(pictures && { pictures: [...pictures] }) })
    opened(log)
    const session = createSession({
      ...opts,
      pool,
      http,
      manages,
      tools: () => toolbox.offered(),
      pictures: record.pictures,
      chain: before?.chain ?? emptyChain,
      log: (entry) => log.append(entry),
      onUsage: (usage) => spend(task, usage),
    })
    try {
      return await runTask({
        task,
        asked: before ?? asked,
        added: before?.added ?? [],
        followUps,
        session,
        toolbox,
        known: () => record.conversation().tools,
        admit: opts.admit ?? (() => null),
        onStep: (step: TaskStep) => alter(task, (view) => setStep(view, step)),
        signal,
      })
    } finally {
      session.free()
    }
  }

  function spend(task: string, spent: TurnUsage): void {
    alter(task, (view) => ({ ...view, tokens: view.tokens + spent.inputTokens + spent.outputTokens }))
    count(spent, { task })
  }

  function count({ inputTokens, outputTokens, ...rest }: TurnUsage, of: { task?: string }): void {
    const usage = { ...noUsage, ...rest, inputTextTokens: inputTokens, outputTextTokens: outputTokens }
    if (totalTokens(usage) + usage.searches === 0) return
    // A count that the disk refuses must not cost the task.
    record.append([{ type: 'tokens-used', usage, model: opts.config().model, ...of }]).catch(() => undefined)
  }

  async function finish(task: string, { outcome, result }: RunEnd): Promise<void> {
    running.delete(task)
    await record.append([{ type: 'task-ended', task, outcome, result }]).catch(() => undefined)
    alter(task, (view) => endTask(view, outcome, result, clock.nowMs()))
  }

  return {
    settled,
    connections: pool,
    begin(asked) {
      const task = opts.newId('task')
      // What stands in a picture may be anybody's words.
      if (asked.pictures?.length) toolbox.heard('picture')
      show(beginTask(task, asked.request, clock.nowMs()))
      start(task, asked)
      return task
    },
    retry(task) {
      const view = views.get(task)
      if (!view || running.has(task) || view.state === 'done' || closing) return
      toolbox.personAsked(task)
      show(resumeTask(view, clock.nowMs()))
      start(task, { request: view.request, context: '' })
    },
    cancel: (task) => running.get(task)?.controller.abort(),
    add(task, text, pictures) {
      const isTaken = running.get(task)?.followUps.add({ text, ...(pictures && { pictures }) }) ?? false
      if (isTaken && pictures) toolbox.heard('picture')
      const words = stepWords(wording('step.added', { words: withSentences(text, pictures) }))
      const step: TaskStep = { call: opts.newId('added'), ...words, state: 'ended' }
      if (isTaken) alter(task, (view) => setStep(view, step))
      return isTaken
    },
    tasks: () => [...views.values()],
    onTask: (listen) => events.on('task', listen),
    warm() {
      if ((opts.admit?.() ?? null) === null) pool.warm(warmRequest(opts.config(), toolbox.offered()))
    },
    async stop() {
      closing = true
      const all = [...running.values()]
      for (const { controller } of all) controller.abort()
      await Promise.all(all.map(({ done }) => done))
      pool.stop()
      await settled.catch(() => undefined)
      undoApprovals()
      undoStored()
      events.clear()
    },
  }
}
