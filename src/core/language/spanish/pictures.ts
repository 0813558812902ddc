// Pictures: showing them, looking at them, taking them.
import type { Translated } from '../messages.ts'
import type { pictures as english } from '../english/pictures.ts'

export const pictures: Translated<typeof english> = {
  'picture.add': 'Añadir una imagen',
  'picture.choose': 'Elegir una imagen…',
  'picture.capture': 'Capturar una ventana o la pantalla…',
  'picture.waiting': 'Imágenes que van con las próximas palabras',
  'picture.leaveOut': 'Quitar {name}',
  'picture.open': 'Ver {name}',
  'picture.deleted': 'Se eliminó una imagen: {name}',
  'picture.delete': 'Eliminar para siempre',
  'picture.close': 'Cerrar la imagen',
  'picture.none': '«{name}» no es una imagen que se pueda enviar: solo PNG, JPEG, WebP y GIF.',
  'picture.most': '{count, plural, one {Como mucho va una imagen} other {Como mucho van # imágenes}} a la vez.',
  'picture.drop': 'Suelta aquí las imágenes',
  'picture.of': '¿Qué debe mostrar la imagen?',
  'picture.screens': 'Pantallas',
  'picture.windows': 'Ventanas',
  'picture.cancel': 'Cancelar',
  'picture.notTaken': 'No se capturó ninguna imagen.',
  'picture.noScreens': 'Aquí no hay nada que se pueda capturar.',
  'picture.ofScreen': 'pantalla.png',
  'picture.forTask': 'Mostrarle una imagen',

  'told.picture.untaken': 'Este servidor no acepta imágenes. Tus palabras se conservan; dilas sin la imagen.',
  'told.picture.refused': 'El servicio no aceptó la imagen. Tus palabras se conservan; dilas sin ella o con otra.',
  'told.picture.none': '«{name}» no es una imagen que se pueda enviar: solo PNG, JPEG, WebP y GIF.',
  'told.picture.large': '«{name}» es demasiado grande: como mucho {most} MB y {side} puntos por lado.',
  'told.picture.together': 'Estas imágenes son demasiado grandes juntas. Envía menos a la vez.',
  'told.picture.full': 'Esta conversación guarda ya todas las imágenes que puede. Elimina algunas o empieza otra.',
  'told.picture.gone': 'Esta imagen ya no está.',
  'told.picture.taskOver': 'Esta tarea ha terminado y no admite nada más.',
  'told.picture.noScreen': 'No se puede ver la pantalla.',
  'told.picture.noRight':
    'El sistema no deja que Parley vea la pantalla. Permítelo en los ajustes del sistema, en «Grabación de pantalla».',
  'told.picture.these': 'Estas imágenes.',
  'told.picture.unsaved': 'La imagen no se pudo guardar ({cause}).',
}
