// How a reminder that is due is told, wherever somebody hears it: written where they look, and said by the voice. Its words are
// data: anybody may have had it set.
import type { VoiceSession } from '../voice/session.ts'
import type { DueAlarm } from './workshop.ts'

/** @param companion null where nobody talks now */
export function tellReminder(
  { text, dueMs, lateMs }: DueAlarm,
  companion: { tell: VoiceSession['tell'] } | null,
  note: (message: string) => void,
): true {
  note(`Reminder: ${text}`)
  const output = JSON.stringify({ text, due: new Date(dueMs).toISOString(), late_seconds: Math.round(lateMs / 1000) })
  companion?.tell({ name: 'reminder', arguments: '{}', output, aloud: true })
  return true
}
