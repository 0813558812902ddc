// What the parts beside the conversation have to say, told as notices to windows and, where it concerns the talk, to the
// voice: tools, spending, other devices, alarms, troubles, the sound.
import type { Notice } from '../../core/ipc.ts'
import { tellReminder } from '../agent/reminder.ts'
import type { Undo } from '../ports.ts'
import { followSpending } from '../spending.ts'
import type { ActiveConversation } from './active-conversation.ts'
import type { AppOpts } from './app-opts.ts'
import type { AppSound } from './sound.ts'

export interface NoticesOpts extends Pick<AppOpts, 'workshop' | 'spending' | 'link' | 'troubles' | 'localModel'> {
  active: ActiveConversation
  sound: AppSound
  tell: (notice: Notice) => void
  /** A sentence for people, which hurts nothing. */
  note: (message: string) => void
  /** Something that the state shows may have changed. */
  onMoved: () => void
}

/** From now until the undo. */
export function followNotices(opts: NoticesOpts): Undo {
  const { workshop, spending, link, troubles, active, sound, tell, note } = opts
  const noteSpoken = (message: string): void => tell({ type: 'notice', level: 'note', message, spoken: true })
  const undos: (Undo | undefined)[] = [
    workshop.onChanged(() => tell({ type: 'tools', tools: workshop.views() })),
    workshop.onTrouble(note),
    workshop.onDue((alarm) => troubles.isHeard() && tellReminder(alarm, active.companion(), noteSpoken)),
    spending.onView((view) => tell({ type: 'spending', spending: view })),
    spending.onWarning(noteSpoken),
    followSpending(spending, () => active.companion()),
    link?.onView((view) => {
      tell({ type: 'link', link: view })
      opts.onMoved()
    }),
    link?.onPlace(note),
    troubles.onTold((message) => tell({ type: 'notice', level: 'error', message })),
    opts.localModel.onFound(note),
    opts.localModel.onView(opts.onMoved),
    sound.on('position', (at) => tell({ type: 'position', ...at })),
    sound.on('trouble', ({ message, fatal }) => tell({ type: 'notice', level: fatal ? 'error' : 'note', message })),
  ]
  return () => {
    for (const undo of undos) undo?.()
  }
}
