// Spanish: what the desktop shows of Parley outside its window: the tray, notifications, questions of the system's own.
import type { shell as english } from '../english/shell.ts'
import type { Translated } from '../messages.ts'

export const shell: Translated<typeof english> = {
  'tray.tip.idle': 'Parley: listo',
  'tray.tip.listening': 'Parley: escuchando',
  'tray.tip.thinking': 'Parley: pensando',
  'tray.tip.speaking': 'Parley: hablando',
  'tray.tip.muted': 'Parley: micrófono silenciado',
  'tray.tip.offline': 'Parley: sin conexión',
  'tray.talk': 'Hablar',
  'tray.stopTalking': 'Dejar de hablar',
  'tray.silence': 'Callar la voz',
  'tray.mute': 'Silenciar el micrófono',
  'tray.conversation': 'Conversación',
  'tray.new': 'Nueva',
  'tray.show': 'Mostrar Parley',
  'tray.quit': 'Salir',
  'shell.stillHere': 'Parley sigue aquí',
  'shell.stillHereBody': 'Continúa en la bandeja del sistema. Sal desde su menú.',
  'shell.cannotStart': 'Parley no puede iniciarse',
  'shell.openLink': '¿Abrir {place} en tu navegador?',
  'shell.cancel': 'Cancelar',
  'shell.open': 'Abrir',
}
