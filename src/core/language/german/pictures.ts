// Pictures: showing them, looking at them, taking them.
import type { Translated } from '../messages.ts'
import type { pictures as english } from '../english/pictures.ts'

export const pictures: Translated<typeof english> = {
  'picture.add': 'Bild hinzufügen',
  'picture.choose': 'Bild auswählen…',
  'picture.capture': 'Fenster oder Bildschirm aufnehmen…',
  'picture.waiting': 'Bilder, die mit den nächsten Worten gehen',
  'picture.leaveOut': '{name} weglassen',
  'picture.open': '{name} ansehen',
  'picture.deleted': 'Ein Bild wurde gelöscht: {name}',
  'picture.delete': 'Endgültig löschen',
  'picture.close': 'Bild schließen',
  'picture.none': '„{name}“ ist kein Bild, das gesendet werden kann: nur PNG, JPEG, WebP und GIF.',
  'picture.most': '{count, plural, one {Höchstens ein Bild geht} other {Höchstens # Bilder gehen}} auf einmal.',
  'picture.drop': 'Bilder hier ablegen',
  'picture.of': 'Was soll das Bild zeigen?',
  'picture.screens': 'Bildschirme',
  'picture.windows': 'Fenster',
  'picture.cancel': 'Abbrechen',
  'picture.notTaken': 'Es wurde kein Bild aufgenommen.',
  'picture.noScreens': 'Hier ist nichts, wovon ein Bild aufgenommen werden kann.',
  'picture.ofScreen': 'bildschirm.png',
  'picture.forTask': 'Ein Bild dazu zeigen',

  'told.picture.untaken': 'Dieser Server nimmt keine Bilder. Deine Worte sind aufgehoben; sag sie ohne das Bild.',
  'told.picture.refused':
    'Der Dienst hat das Bild nicht genommen. Deine Worte sind aufgehoben; sag sie ohne das Bild oder mit einem anderen.',
  'told.picture.none': '„{name}“ ist kein Bild, das gesendet werden kann: nur PNG, JPEG, WebP und GIF.',
  'told.picture.large': '„{name}“ ist zu groß: höchstens {most} MB und {side} Punkte je Seite.',
  'told.picture.together': 'Diese Bilder sind zusammen zu groß. Sende weniger auf einmal.',
  'told.picture.full': 'Dieses Gespräch hält so viele Bilder, wie es kann. Lösche einige oder beginne ein neues.',
  'told.picture.gone': 'Dieses Bild ist nicht mehr da.',
  'told.picture.taskOver': 'Diese Aufgabe ist zu Ende und nimmt nichts mehr auf.',
  'told.picture.noScreen': 'Der Bildschirm ist nicht zu sehen.',
  'told.picture.noRight':
    'Das System lässt Parley den Bildschirm nicht sehen. Erlaube es in den Einstellungen des Systems, unter „Bildschirmaufnahme“.',
  'told.picture.these': 'Diese Bilder.',
  'told.picture.unsaved': 'Das Bild konnte nicht gespeichert werden ({cause}).',
}
