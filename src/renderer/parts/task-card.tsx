// A long piece of work: what was asked for, what is done now, the steps so far, what came of it; with a way to stop it, or to
// try it again when nothing came of it.
import type { TaskView } from '../../core/agent/task.ts'
import { useApp, useLanguage, useMay, useNow } from '../hooks.ts'
import { canRetry, currentStep, isActive, taskFigures } from '../task-words.ts'
import { useRef } from 'preact/hooks'
import { showToTask } from '../pictures/take.ts'
import { PictureFiles } from './add-picture.tsx'
import { StateMark } from './state-mark.tsx'

export function TaskCard({ task }: { task: TaskView }) {
  const app = useApp()
  const { say, told, wording } = useLanguage()
  const mayType = useMay('type')
  const active = isActive(task)
  const step = currentStep(task)
  return (
    <article class="task-card" data-state={task.state} aria-label={say('task.name', { words: task.request })}>
      <header>
        <h3 dir="auto">{task.request}</h3>
        {active && mayType && <PictureForTask task={task.id} />}
        {active && mayType && (
          <button
            type="button"
            aria-label={say('task.stopThis', { words: task.request })}
            onClick={() => void app.ask('cancel-task', { task: task.id })}
          >
            {say('task.stop')}
          </button>
        )}
        {canRetry(task) && mayType && (
          <button
            type="button"
            aria-label={say('task.tryThisAgain', { words: task.request })}
            onClick={() => void app.ask('retry-task', { task: task.id })}
          >
            {say('task.tryAgain')}
          </button>
        )}
      </header>
      <p class="task-state">
        <strong>{say(`task.${task.state}`)}</strong>
        <Figures task={task} />
      </p>
      {active && (
        <>
          <progress class="task-progress" aria-label={say('task.atWork')} />
          <p class="task-step">{step === null ? say('task.thinking') : wording(step.wording)}</p>
        </>
      )}
      {task.result !== '' && (
        <p class={`task-result ${task.state === 'done' ? '' : 'bad'}`} dir="auto">
          {task.state === 'done' ? task.result : told(task.result)}
        </p>
      )}
      <Steps task={task} />
    </article>
  )
}

/** Something more to look at, for a task that is at work. */
function PictureForTask({ task }: { task: string }) {
  const app = useApp()
  const { say } = useLanguage()
  const files = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" onClick={() => files.current?.click()}>
        {say('picture.forTask')}
      </button>
      <PictureFiles field={files} onChosen={(chosen) => void showToTask(app, task, chosen)} />
    </>
  )
}

/** Apart, so that only the figures are drawn every second. */
function Figures({ task }: { task: TaskView }) {
  const language = useLanguage()
  const nowMs = useNow(1_000)
  return <span class="task-figures">{taskFigures(task, nowMs, language)}</span>
}

function Steps({ task: { steps } }: { task: TaskView }) {
  const { say, wording } = useLanguage()
  if (steps.length === 0) return null
  return (
    <details class="task-steps">
      <summary>{say('task.steps')}</summary>
      <ol>
        {steps.map(({ call, wording: said, state }) => (
          <li key={call}>
            <StateMark state={state} />
            <span>
              <bdi>{wording(said)}</bdi> <span class="call-state">{say(`call.${state}`)}</span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
