// Says that Parley asks for leave while nobody sees its window. The answer is given in the window alone: a notification can be
// clicked by accident.
import { Notification } from 'electron'
import type { Desk } from '../../desk/desk.ts'
import { shellLanguage } from './language.ts'
import type { ShellWindow } from './window.ts'

export function tellApprovals(desk: Desk, window: ShellWindow): void {
  let known: ReadonlySet<string> = new Set()
  desk.hear((notice) => {
    if (notice.type !== 'approvals') return
    const fresh = notice.approvals.find(({ id }) => !known.has(id))
    known = new Set(notice.approvals.map(({ id }) => id))
    if (fresh === undefined || window.isShown() || !Notification.isSupported()) return
    const [firstLine = ''] = fresh.question.split('\n')
    const said = new Notification({ title: shellLanguage().say('approval.title'), body: firstLine })
    said.on('click', () => window.show())
    said.show()
  })
}
