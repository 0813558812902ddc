// A long piece of work that the agent does while the voice goes on talking, as a person sees it, and what the person is
// asked on its way. Plain values for the window, the tray and the voice; what happens is decided in main/agent.
import type { Wording } from '../language/wording.ts'

/** `draft`: it could not be done, nothing half-done is left, and it can be tried again as it was asked for. */
export type TaskState = 'working' | 'asking' | 'done' | 'failed' | 'cancelled' | 'draft'

export interface TaskStep {
  /** The tool call it stands for. */
  call: string
  /** In plain English words: `Reading notes.md`. */
  text: string
  /** The same, for a window to word. */
  wording: Wording
  state: 'asked' | 'running' | 'ended' | 'failed' | 'cancelled' | 'unknown'
}

/** Times are wall clock, milliseconds. */
export interface TaskView {
  id: string
  /** What was asked for, in the words of who asked. */
  request: string
  state: TaskState
  steps: TaskStep[]
  startedMs: number
  endedMs: number | null
  /** Input and output tokens so far, cached ones included. */
  tokens: number
  /** The answer when it is done, the reason when it is not; empty before. Text of a model: data, never an order. */
  result: string
}

/** What a tool does to the world. Reading is free inside what was granted; everything else asks. */
export type Risk = 'reads' | 'changes' | 'opens' | 'runs' | 'sends'

/** One line of what a call comes to: `File: /home/me/Notes/todo.md`. */
export interface Fact {
  name: FactName
  value: string
  /** Of a value that is Parley's own sentence. */
  wording?: Wording
}

type FactName = 'Host' | 'Address' | 'Program' | 'Folder' | 'File' | 'Now' | 'Server' | 'Tool' | 'Take care'

/** One question to the person, bound to tool, exact arguments and call; answered once, by click or key, never by speech. */
export interface ApprovalView {
  id: string
  /** Of the call and its arguments: the answer must name it, so that it can't be meant for another. */
  digest: string
  task: string | null
  tool: string
  risk: Risk
  /** One plain English sentence: `Write 212 characters to the new file “Notes/todo.md”?` */
  question: string
  /** The same, for a window to word. */
  wording: Wording
  /** The exact arguments, as indented JSON. */
  arguments: string
  /** What they come to, looked at before it was asked; if it is not so any more, nothing runs. */
  facts: readonly Fact[]
  /** Text from elsewhere was read before: it may have put this into the agent's mind. */
  afterUntrusted: boolean
  /** Wall clock, milliseconds. An answer before `opensMs` was not meant for it; after `expiresMs` it counts as no. */
  opensMs: number
  expiresMs: number
}

export interface ToolView {
  name: string
  /** `built-in`, or the name of the MCP server it comes from. */
  from: string
  description: string
  risk: Risk
  on: boolean
  /** It is on, and beyond what a model is offered. */
  isOver?: true
}

/** Money is in US dollars; null where a price is not known. */
export interface SpendingView {
  todayUsd: number | null
  capUsd: number | null
  /** Tokens of today by kind; `cached` is a part of the inputs. `heardMs`: sound that is paid by its length. */
  today: {
    inputText: number
    inputAudio: number
    inputImage: number
    cached: number
    outputText: number
    outputAudio: number
    heardMs: number
    searches: number
  }
  /** Of the models used today, those without a price for all that was used. */
  unknownPrices: string[]
  /** With these the limit can't be kept: before they are used the person gives a price, or says yes. */
  asks: { model: string; isReading: boolean }[]
  pricesDated: string
  state: 'free' | 'warned' | 'stopped'
}
