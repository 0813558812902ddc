// Who speaks, for other programs' sound: the person from the first word or press on, the voice while it is heard.
import { readFileSync } from 'node:fs'
import type { AppState } from '../../core/ipc.ts'
import type { Settings } from '../../core/settings.ts'
import type { App } from '../app/app.ts'
import type { Undo } from '../ports.ts'
import type { Quieter } from './quieter.ts'

/** @param initial as the settings are now */
export function quietenOthers(app: Pick<App, 'hear' | 'state'>, quieter: Quieter, initial: Settings): Undo {
  let isOn = initial.lowersOthers
  const follow = (): void => quieter.follow(isOn && isSpeaking(app.state()))
  return app.hear((notice) => {
    if (notice.type === 'settings') isOn = notice.settings.lowersOthers
    if (notice.type === 'settings' || notice.type === 'state') follow()
  })
}

function isSpeaking({ presence, talking, muted }: Pick<AppState, 'presence' | 'talking' | 'muted'>): boolean {
  return presence === 'speaking' || (!muted && (talking !== 'up' || presence === 'listening'))
}

/** Whether a process is this one or was started by it, as Linux tells. */
export function isOwnProcess(processId: number): boolean {
  for (let id = processId; id > 1;) {
    if (id === process.pid) return true
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8')
      // The program's name stands in brackets and may hold anything.
      id = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    } catch {
      return false
    }
  }
  return false
}
