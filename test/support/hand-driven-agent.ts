// An agent whose tasks go as a test says, in place of the sockets.
import type { TaskView } from '../../src/core/agent/task.ts'
import { createEmitter } from '../../src/core/emitter.ts'
import type { Agent, TaskRequest } from '../../src/main/agent/ports.ts'
import { wording } from '../../src/core/language/wording.ts'

export interface HandDrivenAgent extends Agent {
  /** What was asked for, in order. */
  readonly begun: readonly TaskRequest[]
  alter(task: string, change: Partial<TaskView>): void
}

export function createHandDrivenAgent(): HandDrivenAgent {
  const begun: TaskRequest[] = []
  const events = createEmitter<{ task: TaskView }>()
  let tasks: TaskView[] = []

  function alter(id: string, change: Partial<TaskView>): void {
    tasks = tasks.map((task) => (task.id === id ? { ...task, ...change } : task))
    for (const task of tasks) if (task.id === id) events.emit('task', task)
  }

  return {
    begun,
    alter,
    begin(asked) {
      begun.push(asked)
      const id = `task_${begun.length}`
      const { request } = asked
      tasks = [
        ...tasks,
        { id, request, state: 'working', steps: [], startedMs: begun.length, endedMs: null, tokens: 0, result: '' },
      ]
      alter(id, {})
      return id
    },
    retry: (id) => alter(id, { state: 'working', endedMs: null }),
    add(id, text) {
      const task = tasks.find((one) => one.id === id && one.endedMs === null)
      if (task)
        alter(id, {
          steps: [...task.steps, { call: text, text, wording: wording('step.using', { name: text }), state: 'ended' }],
        })
      return task !== undefined
    },
    cancel: (id) => alter(id, { state: 'cancelled', endedMs: 99 }),
    tasks: () => tasks,
    onTask: (listen) => events.on('task', listen),
    warm: () => undefined,
    stop: () => Promise.resolve(),
  }
}
