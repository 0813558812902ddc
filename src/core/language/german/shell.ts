// German: what the desktop shows of Parley outside its window: the tray, notifications, questions of the system's own.
import type { shell as english } from '../english/shell.ts'
import type { Translated } from '../messages.ts'

export const shell: Translated<typeof english> = {
  'tray.tip.idle': 'Parley: bereit',
  'tray.tip.listening': 'Parley: hört zu',
  'tray.tip.thinking': 'Parley: denkt nach',
  'tray.tip.speaking': 'Parley: spricht',
  'tray.tip.muted': 'Parley: Mikrofon stumm',
  'tray.tip.offline': 'Parley: nicht verbunden',
  'tray.talk': 'Sprechen',
  'tray.stopTalking': 'Sprechen beenden',
  'tray.silence': 'Stimme zum Schweigen bringen',
  'tray.mute': 'Mikrofon stummschalten',
  'tray.conversation': 'Gespräch',
  'tray.new': 'Neu',
  'tray.show': 'Parley anzeigen',
  'tray.quit': 'Beenden',
  'shell.stillHere': 'Parley ist noch da',
  'shell.stillHereBody': 'Es läuft in der Taskleiste weiter. Beende es über sein Menü dort.',
  'shell.cannotStart': 'Parley kann nicht starten',
  'shell.openLink': '{place} im Browser öffnen?',
  'shell.cancel': 'Abbrechen',
  'shell.open': 'Öffnen',
}
