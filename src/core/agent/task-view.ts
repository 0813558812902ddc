// A task as a person sees it, followed step by step; values only.
import type { Conversation, TaskEntry, ToolCall } from '../conversation/reduce.ts'
import { inEnglish } from '../language/language.ts'
import { withTexts, type Wording } from '../language/wording.ts'
import { plainWords } from './plain.ts'
import type { TaskState, TaskStep, TaskView } from './task.ts'

export function beginTask(id: string, request: string, nowMs: number): TaskView {
  return { id, request, state: 'working', steps: [], startedMs: nowMs, endedMs: null, tokens: 0, result: '' }
}

/** Begun again, it keeps its steps and tokens. */
export function resumeTask(task: TaskView, nowMs: number): TaskView {
  return { ...task, state: 'working', startedMs: nowMs, endedMs: null, result: '' }
}

export function endTask(
  task: TaskView,
  state: Exclude<TaskState, 'working' | 'asking'>,
  result: string,
  nowMs: number,
): TaskView {
  return { ...task, state, result, endedMs: nowMs }
}

/** Adds the step or changes the one of that call. */
export function setStep(task: TaskView, step: TaskStep): TaskView {
  const isThere = task.steps.some(({ call }) => call === step.call)
  const steps = isThere ? task.steps.map((one) => (one.call === step.call ? step : one)) : [...task.steps, step]
  return { ...task, steps }
}

export function setStepState(task: TaskView, call: string, state: TaskStep['state']): TaskView {
  return { ...task, steps: task.steps.map((step) => (step.call === call ? { ...step, state } : step)) }
}

/** Whether the person is being asked something for it. */
export function setAsking(task: TaskView, asking: boolean): TaskView {
  const state = asking ? 'asking' : 'working'
  const isOpen = task.state === 'working' || task.state === 'asking'
  return isOpen && task.state !== state ? { ...task, state } : task
}

/** What a call does, for a step: fit to be shown. */
export function stepWords(said: Wording): Pick<TaskStep, 'text' | 'wording'> {
  return { text: plainWords(inEnglish(said)), wording: withTexts(said, (text) => plainWords(text)) }
}

/** The tasks of a conversation that is opened again. @param wordsOf what a call does */
export function rememberedTasks(
  { tasks, tools }: Pick<Conversation, 'tasks' | 'tools'>,
  wordsOf: (call: ToolCall) => Pick<TaskStep, 'text' | 'wording'>,
): TaskView[] {
  return tasks.map((task: TaskEntry) => ({
    id: task.id,
    request: task.request,
    state: task.state,
    startedMs: task.startedMs,
    endedMs: task.endedMs,
    tokens: task.tokens,
    result: task.result,
    steps: tools
      .filter((tool) => tool.task === task.id)
      .map((tool) => ({ call: tool.call, ...wordsOf(tool), state: tool.state })),
  }))
}
