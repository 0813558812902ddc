// What a screen reader is told, one thing after another: nothing takes the place of what was not read yet, least of all a
// question. Pure; the region that is read is parts/announced.tsx.
import type { ApprovalView } from '../core/agent/task.ts'

export interface Announcement {
  id: number
  text: string
  /** Of a question: the question, which stands until it is over. */
  question: string | null
}

/** What was read long ago need not stand there. */
const mostNews = 6
let count = 0

export function announced(
  queue: readonly Announcement[],
  text: string,
  question: string | null = null,
): readonly Announcement[] {
  count += 1
  const all = [...queue, { id: count, text, question }]
  const news = all.filter((one) => one.question === null)
  const gone = new Set(news.slice(0, Math.max(0, news.length - mostNews)))
  return all.filter((one) => !gone.has(one))
}

/** Without the questions that are over. */
export function stillAsked(queue: readonly Announcement[], open: readonly ApprovalView[]): readonly Announcement[] {
  const ids = new Set(open.map(({ id }) => id))
  return queue.every(({ question }) => question === null || ids.has(question))
    ? queue
    : queue.filter(({ question }) => question === null || ids.has(question))
}
