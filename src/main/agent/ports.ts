// What the parts of the agent need of each other, on one page: who runs tasks, who runs tools, who remembers what ran.
import type { FunctionTool } from '../../core/realtime/events.ts'
import type { ApprovalView, TaskStep, TaskView } from '../../core/agent/task.ts'
import type { Picture } from '../../core/pictures/picture.ts'
import type { Origin } from '../../core/agent/untrusted.ts'
import type { Undo } from '../ports.ts'

/** A model asked for this. `arguments` is the model's text, not yet proven to be JSON. */
export interface AskedCall {
  /** Unique within the conversation; a call is run once, whatever happens. */
  call: string
  task: string | null
  /** The turn within which calls are counted; without it the task is one turn. */
  turn?: string
  name: string
  arguments: string
  /** The turn it follows; the newest one when absent. */
  after?: string | null
}

export interface CallOutcome {
  outcome: 'ended' | 'failed' | 'cancelled' | 'unknown'
  /** For the model: a result, or in plain words why there is none. At most 48 KiB. */
  output: string
}

/** Every call's fate, on disk before and after it runs. Rejects with StoreError when the disk refuses: then nothing runs. */
export interface CallLedger {
  /** The fate of a call that was asked for before, null when it is new. One that was running when Parley ended is `unknown`. */
  fate(call: string): CallOutcome | 'asked' | 'running' | null
  asked(call: AskedCall): Promise<void>
  /** The intent is durable when it resolves; only then may the tool act. */
  started(call: string): Promise<void>
  ended(call: string, outcome: CallOutcome): Promise<void>
}

/** The tools that may be used now, with everything that stands between a model's wish and an effect. */
export interface Toolbox {
  offered(): readonly FunctionTool[]
  /** In plain words what the call does: `Reading notes.md`. */
  describe(asked: AskedCall): Pick<TaskStep, 'text' | 'wording'>
  /** Checks, asks the person where needed, runs and records the call. Never rejects. */
  use(asked: AskedCall, signal: AbortSignal): Promise<CallOutcome>
  /** The model is given words from there, though by no call. */
  heard(origin: Origin): void
  /** The person wants it tried once more: what got a no may be asked again. */
  personAsked(task: string | null): void
  /** The question that is put to the person now, if any. */
  approvals(): readonly ApprovalView[]
  /** `digest` must be the question's own. False when the question is over or this answer is not for it. */
  answer(id: string, digest: string, approved: boolean): boolean
  /** The person wants more time for it. False when the question is over. */
  extend(id: string): boolean
  /** Something moved under the person's hand: the time to read begins anew. */
  moved(): void
  onApprovals(listen: (open: readonly ApprovalView[]) => void): Undo
  close(): Promise<void>
}

export interface TaskRequest {
  request: string
  /** What the agent should know of the conversation; data. */
  context: string
  /** What the person showed. */
  pictures?: readonly Picture[] | undefined
}

/** Runs tasks over Responses sockets. */
export interface Agent {
  /** The task's id. It goes on by itself; nothing rejects. */
  begin(asked: TaskRequest): string
  /** A draft, failed or cancelled task again, as it was asked for. */
  retry(task: string): void
  cancel(task: string): void
  /** Something more for a task that is at work, in its next request. False when there is no such task any more. */
  add(task: string, text: string, pictures?: readonly Picture[]): boolean
  /** Newest last. */
  tasks(): readonly TaskView[]
  onTask(listen: (task: TaskView) => void): Undo
  /** Opens a connection ahead of the first task. */
  warm(): void
  /** Cancels what runs and closes every socket. */
  stop(): Promise<void>
}

/** What the computer's shell lends to the tools. Null where there is none: then its tools are not offered. */
export interface Surroundings {
  clipboard: { read(): Promise<string>; write(text: string): Promise<void> } | null
  opener: {
    /** @param href plain https, written anew */
    openLink(href: string): Promise<void>
    /** False when no installed app has this name. */
    openApp(name: string): Promise<boolean>
  } | null
}
