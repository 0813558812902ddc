// What is worth a notification while nobody sees the window: a question, the end of a task, a reminder, something that is wrong.
// Pure but for what was known before. What a notification says comes in part from elsewhere, so it is one line without markup.
import type { TaskView } from '../../core/agent/task.ts'
import type { Notice } from '../../core/ipc.ts'
import type { Language } from '../../core/language/language.ts'
import { printableLine } from '../../core/printable.ts'

export interface News {
  title: string
  body: string
}

/** Longer ones are cut by desktops, each at another place. */
const longestBody = 200

/** @param before what the window had at the start @returns what to tell of a notice, null for most of them */
export function createNews(
  language: () => Language,
  before: { tasks: readonly TaskView[]; approvals: readonly { id: string }[] },
): (notice: Notice) => News | null {
  let asked: ReadonlySet<string> = new Set(before.approvals.map(({ id }) => id))
  let under = underWay(before.tasks)

  return (notice) => {
    const { say, told, wording } = language()
    switch (notice.type) {
      case 'approvals': {
        const fresh = notice.approvals.find(({ id }) => !asked.has(id))
        asked = new Set(notice.approvals.map(({ id }) => id))
        return fresh === undefined
          ? null
          : { title: say('approval.title'), body: plain(wording(fresh.wording).split('\n')[0] ?? '') }
      }
      case 'tasks': {
        const ended = notice.tasks.find(({ id, state }) => under.has(id) && (state === 'done' || state === 'failed'))
        under = underWay(notice.tasks)
        if (ended === undefined) return null
        return {
          title: say(ended.state === 'done' ? 'shell.taskDone' : 'shell.taskFailed'),
          body: plain(ended.request),
        }
      }
      case 'notice':
        if (notice.level !== 'error' && notice.spoken !== true) return null
        return { title: 'Parley', body: plain(told(notice.message)) }
      default:
        return null
    }
  }
}

const underWay = (tasks: readonly TaskView[]): ReadonlySet<string> =>
  new Set(tasks.filter(({ state }) => state === 'working' || state === 'asking').map(({ id }) => id))

/** Some desktops read markup in it. */
function plain(words: string): string {
  const line = printableLine(words).replaceAll('<', '‹').replaceAll('>', '›').replaceAll('&', '＆')
  return line.length > longestBody ? `${line.slice(0, longestBody - 1).trimEnd()}…` : line
}
