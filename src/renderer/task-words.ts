// A task in words: how it stands, what it does now, what it has cost so far. Pure.
import type { TaskStep, TaskView } from '../core/agent/task.ts'
import type { TaskEntry } from '../core/conversation/reduce.ts'
import { clockTime } from '../core/language/formats.ts'
import type { Language } from '../core/language/language.ts'
import type { Say } from '../core/language/messages.ts'

export function isActive({ state }: TaskView): boolean {
  return state === 'working' || state === 'asking'
}

/** Whether it can be asked for once more. */
export function canRetry({ state }: TaskView): boolean {
  return state === 'draft' || state === 'failed' || state === 'cancelled'
}

/** The step that it is at, null before the first one and between two. */
export function currentStep({ steps }: TaskView): TaskStep | null {
  return steps.findLast(({ state }) => state === 'running' || state === 'asked') ?? null
}

/** @param nowMs wall clock. `0:42 · 3 steps · 1,204 tokens` */
export function taskFigures({ startedMs, endedMs, steps, tokens }: TaskView, nowMs: number, { say }: Language): string {
  return [
    clockTime((endedMs ?? nowMs) - startedMs),
    steps.length === 0 ? '' : say('task.stepCount', { count: steps.length }),
    tokens === 0 ? '' : say('tokens.count', { count: tokens }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What a screen reader is told when tasks have moved on; null when nothing of weight has happened. */
export function taskNews(
  before: readonly TaskView[],
  after: readonly TaskView[],
  say: Say,
): { task: TaskView; text: string } | null {
  const moved = after.findLast((task) => before.some(({ id, state }) => id === task.id && state !== task.state))
  if (moved !== undefined)
    return { task: moved, text: say('task.moved', { state: say(`task.${moved.state}`), words: moved.request }) }
  const begun = after.findLast(({ id }) => !before.some((task) => task.id === id))
  return begun === undefined || !isActive(begun)
    ? null
    : { task: begun, text: say('task.begun', { words: begun.request }) }
}

/** Of a task that main no longer follows, the record knows all but its steps. */
export function taskViewOf(entry: TaskEntry, tasks: readonly TaskView[]): TaskView {
  return tasks.find(({ id }) => id === entry.id) ?? { ...entry, steps: [] }
}
