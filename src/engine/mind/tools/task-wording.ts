// What is said of the tasks that an agent works on: that one has begun, how they are going, how one ended. The shapes are
// those of a task anywhere: an id, a state, and what came of it.
import { count as counted, listed } from '../../language/speakable.ts'

type Fields = Record<string, unknown>

/** Null when the data is not about tasks. */
export function sayTasks(data: object): string | null {
  const fields = data as Fields
  if ('cancelled' in fields)
    return typeof fields['cancelled'] === 'string' ? 'I have stopped it.' : 'There is no task to stop.'
  const { tasks } = fields
  if (Array.isArray(tasks))
    return sayAllTasks(tasks.filter((one) => typeof one === 'object' && one !== null) as Fields[])
  return typeof fields['task'] === 'string' && typeof fields['state'] === 'string' ? sayTask(fields, true) : null
}

function sayAllTasks(tasks: readonly Fields[]): string {
  const going = tasks.filter(({ state }) => state === 'working' || state === 'asking')
  // How an old one ended is no news: it was told when it did.
  return going.length === 0 ? 'No task is running.' : going.map((task) => sayTask(task, false)).join(' ')
}

/** @param isNews told just now, so that what it was about need not be said */
function sayTask(task: Fields, isNews: boolean): string {
  const { state, request, doing, steps_done: steps, seconds } = task
  const result = typeof task['result'] === 'string' ? task['result'].trim() : ''
  const about = typeof request === 'string' && !isNews ? ` “${request.slice(0, 80)}”` : ''
  switch (state) {
    case 'working': {
      const facts = [
        typeof doing === 'string' && doing !== '' ? doing.charAt(0).toLowerCase() + doing.slice(1) : '',
        typeof steps === 'number' && steps > 0 ? `${counted(steps, 'step')} done` : '',
        typeof seconds === 'number' && seconds > 0 ? `${counted(seconds, 'second')} so far` : '',
      ].filter((fact) => fact !== '')
      if (isNews) return "I'm on it. I'll tell you when it's done."
      return `I'm still working on${about === '' ? ' it' : about}${facts.length > 0 ? `: ${listed(facts)}` : ''}.`
    }
    case 'asking':
      return 'I need your answer on the screen before I can go on.'
    case 'done':
      return result === '' ? `The task${about} is done.` : result
    case 'cancelled':
      return `The task${about} was stopped.`
    default:
      return `I couldn't finish that.${result === '' ? '' : ` ${result}`}`
  }
}
