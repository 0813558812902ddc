// Spanish: what is said about what is kept: how long, whether it is in order, as one file, and what ended Parley.
import type { data as english } from '../english/data.ts'
import type { Translated } from '../messages.ts'

export const data: Translated<typeof english> = {
  'settings.data': 'Lo que se guarda',
  'settings.data.also':
    'conservación borrar días historial exportar importar copia comprobar reparar fallo informe archivos privacidad',
  'data.keeps': 'Guardar las conversaciones',
  'data.keeps.ever': 'para siempre',
  'data.keeps.days': 'unos días',
  'data.keeps.session': 'hasta que Parley termine',
  'data.keeps.everHint': 'Hasta que las borres.',
  'data.keeps.daysHint':
    'Lo que no se haya usado en ese tiempo se borra definitivamente, un día después de verse por primera vez que ha vencido.',
  'data.keeps.sessionHint':
    'Cuando Parley termina, todas las conversaciones se borran definitivamente, también las anteriores. No hay vuelta atrás.',
  'data.days': 'Días desde el último uso',
  'data.check': 'Comprobar si todo está en orden',
  'data.mend': 'Reparar lo que se pueda',
  'data.checkAndMend': 'Comprobar y reparar',
  'data.checked':
    '{count, plural, =0 {Todo está en orden: se han mirado {total} archivos y conversaciones.} one {Se ha encontrado un daño en {total} archivos y conversaciones.} other {Se han encontrado # daños en {total} archivos y conversaciones.}}',
  'data.state.left': 'Se puede reparar.',
  'data.state.mended': 'Reparado.',
  'data.state.beyond': 'No se puede reparar; sus bytes se quedan donde están.',
  'data.keptAs': 'Como estaba: {name}.',
  'data.exportAll': 'Exportar todo',
  'data.exportInto': 'Exportar todo a la carpeta',
  'data.exportHint': 'Conversaciones, ajustes, recordatorios y notas en un archivo. Las claves no van en él.',
  'data.exported': 'Todo está en {name}.',
  'data.importFrom': 'Importar el archivo',
  'data.importHint': 'Las conversaciones que ya están aquí se quedan como están.',
  'data.import': 'Importar',
  'data.ended': 'La última vez Parley terminó por un error. Lo que se dijo está aquí.',
  'data.lookAtReport': 'Ver el informe',
  'data.reports': 'Errores que terminaron Parley',
  'data.reportsHint': 'Estos informes se quedan en este ordenador y no contienen nada de lo que se dijo.',
}
