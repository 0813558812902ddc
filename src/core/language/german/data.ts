// German: what is said about what is kept: how long, whether it is in order, as one file, and what ended Parley.
import type { data as english } from '../english/data.ts'
import type { Translated } from '../messages.ts'

export const data: Translated<typeof english> = {
  'settings.data': 'Was behalten wird',
  'settings.data.also':
    'Aufbewahrung löschen Tage Verlauf exportieren importieren Sicherung prüfen reparieren Absturz Bericht Dateien Datenschutz',
  'data.keeps': 'Gespräche behalten',
  'data.keeps.ever': 'für immer',
  'data.keeps.days': 'für einige Tage',
  'data.keeps.session': 'bis Parley endet',
  'data.keeps.everHint': 'Bis du sie löschst.',
  'data.keeps.daysHint':
    'Was so lange nicht benutzt wurde, wird endgültig gelöscht, einen Tag nachdem es zuerst als abgelaufen gesehen wurde.',
  'data.keeps.sessionHint':
    'Wenn Parley endet, wird jedes Gespräch endgültig gelöscht, auch ältere. Es gibt keinen Weg zurück.',
  'data.days': 'Tage nach der letzten Benutzung',
  'data.check': 'Nachsehen, ob alles in Ordnung ist',
  'data.mend': 'Reparieren, was sich reparieren lässt',
  'data.checkAndMend': 'Prüfen und reparieren',
  'data.checked':
    '{count, plural, =0 {Alles ist in Ordnung: {total} Dateien und Gespräche wurden angesehen.} one {In {total} Dateien und Gesprächen wurde etwas gefunden.} other {In {total} Dateien und Gesprächen wurden # Schäden gefunden.}}',
  'data.state.left': 'Es lässt sich reparieren.',
  'data.state.mended': 'Repariert.',
  'data.state.beyond': 'Es lässt sich nicht reparieren; die Bytes bleiben, wo sie sind.',
  'data.keptAs': 'Wie es war: {name}.',
  'data.exportAll': 'Alles exportieren',
  'data.exportInto': 'Alles exportieren in den Ordner',
  'data.exportHint': 'Gespräche, Einstellungen, Erinnerungen und Notizen in einer Datei. Schlüssel sind nicht darin.',
  'data.exported': 'Alles ist in {name}.',
  'data.importFrom': 'Die Datei importieren',
  'data.importHint': 'Gespräche, die schon hier sind, bleiben, wie sie sind.',
  'data.import': 'Importieren',
  'data.ended': 'Parley endete letztes Mal durch einen Fehler. Was gesagt war, ist da.',
  'data.lookAtReport': 'Den Bericht ansehen',
  'data.reports': 'Fehler, durch die Parley endete',
  'data.reportsHint': 'Diese Berichte bleiben auf diesem Computer und enthalten nichts von dem, was gesagt wurde.',
}
