// Spanish: other devices: the settings, the page on which a device joins, what it may not do.
import type { link as english } from '../english/link.ts'
import type { Translated } from '../messages.ts'

export const link: Translated<typeof english> = {
  'settings.otherDevices': 'Otros dispositivos',
  'settings.otherDevices.also':
    'teléfono móvil tableta segundo ordenador vincular red código qr cifras permisos revocar',
  'devices.about':
    'Un teléfono, una tableta u otro ordenador de la misma red puede unirse a esta conversación. Mientras esté activado, se puede llegar a Parley desde la red; solo los dispositivos que admitas aquí reciben algo más que la página que pide las cifras.',
  'devices.open': 'Otros dispositivos en esta red',
  'devices.opening': 'Abriendo…',
  'devices.where': 'Parley está en estas direcciones',
  'devices.nowhere':
    'Este ordenador no tiene ninguna dirección de red a la que otro dispositivo pueda llegar. Conéctalo a la red.',
  'devices.warning':
    'El navegador del otro dispositivo avisa una vez de que no conoce este certificado. Continúa solo si el SHA-256 del certificado que muestra es este (las mayúsculas y los dos puntos dan igual):',
  'devices.pair': 'Vincular un dispositivo',
  'devices.pairAgain': 'Cifras nuevas',
  'devices.scan': 'Escanea el código con el otro dispositivo o abre allí {place}. Después escribe estas cifras.',
  'devices.code': 'Código QR de la dirección {place}',
  'devices.digits': 'Cifras',
  'devices.left': '{count, plural, one {Válidas # segundo más} other {Válidas # segundos más}}',
  'devices.wrong': '{count, plural, one {# intento equivocado} other {# intentos equivocados}}',
  'devices.stop': 'Terminar la vinculación',
  'devices.locked':
    'Las cifras se escribieron mal cinco veces y ya no valen. Si no fuiste tú, alguien en esta red lo está intentando.',
  'devices.expired': 'El tiempo para vincular ha terminado.',
  'devices.asks': '«{name}», en {place}, quiere unirse',
  'devices.isYours': 'Ha escrito las cifras correctas. Admítelo solo si es el dispositivo que tienes en la mano.',
  'devices.may': 'Lo que puede hacer',
  'devices.agree': 'Admitir',
  'devices.refuse': 'Rechazar',
  'devices.paired': 'Dispositivos vinculados',
  'devices.none': 'Todavía no hay ningún dispositivo vinculado.',
  'devices.connected': 'Conectado',
  'devices.seen': 'Visto por última vez {time}',
  'devices.rightsOf': 'Lo que puede hacer {name}',
  'devices.revoke': 'Revocar {name}',
  'devices.revoked': '«{name}» ya no está vinculado.',
  'devices.revokeAll': 'Revocar todos',
  'devices.really': '¿Seguro? Habrá que vincular de nuevo cada uno.',
  'right.read': 'Leer',
  'right.type': 'Escribir y detener',
  'right.approve': 'Responder a las autorizaciones',
  'right.talk': 'Hablar',
  'right.manage': 'Gestionar',
  'right.read.about': 've la conversación, las tareas, la conexión y los gastos',
  'right.type.about': 'escribe, muestra imágenes, hace callar a la voz, detiene tareas',
  'right.approve.about': 'dice sí o no por ti cuando Parley pide permiso',
  'right.talk.about': 'su micrófono y su altavoz ocupan el lugar de los del ordenador',
  'right.manage.about': 'borra conversaciones, ajusta cómo es la voz y el aspecto',
  'right.none.type':
    'Este dispositivo solo puede leer. El permiso de escribir se da en el ordenador donde funciona Parley.',
  'right.none.approve': 'Este dispositivo no puede responder. Responde en el ordenador donde funciona Parley.',
  'right.none.talk':
    'Este dispositivo no puede hablar. El permiso de hablar se da en el ordenador donde funciona Parley.',
  'floor.mine': 'Hablas en este dispositivo',
  'floor.theirs': '«{name}» tiene el micrófono y la voz',
  'floor.computer': 'El ordenador tiene el micrófono y la voz',
  'floor.take': 'Hablar aquí',
  'floor.giveBack': 'Devolverlos',
  'floor.noMicrophone':
    'El navegador no da ningún micrófono. Permítelo para esta página y vuelve a pulsar «Hablar aquí».',
  'pair.title': 'Unirse a la conversación',
  'pair.how': 'Escribe las seis cifras que Parley muestra en su ordenador.',
  'pair.closed':
    'En el ordenador donde funciona Parley, abre Ajustes, Otros dispositivos, y elige «Vincular un dispositivo». Después vuelve a intentarlo aquí.',
  'pair.wrong':
    'Estas cifras no son correctas. Míralas otra vez: {count, plural, one {queda # intento} other {quedan # intentos}}.',
  'pair.revoked': 'Este dispositivo ya no está vinculado.',
  'pair.locked': 'Las cifras fueron incorrectas cinco veces y ya no valen. Elige otras nuevas en el ordenador.',
  'pair.often': 'Demasiados intentos seguidos. Espera un minuto y vuelve a intentarlo.',
  'pair.asking': 'Ahora admite este dispositivo en el ordenador donde funciona Parley. Esta página continúa sola.',
  'pair.gone': 'Este dispositivo no fue admitido. Empieza otra vez con cifras nuevas.',
  'pair.digits': 'Cifras',
  'pair.name': 'Cómo se llama este dispositivo',
  'pair.join': 'Unirse',
  'pair.again': 'Volver a intentarlo',
  'pair.fingerprint':
    'La vista del certificado en tu navegador y Parley en su ordenador deben mostrar los dos este SHA-256:',
  'tray.devices':
    '{count, plural, =0 {Abierto a otros dispositivos} one {Abierto a otros dispositivos: hay #} other {Abierto a otros dispositivos: hay #}}',
  'tray.closeDevices': 'Cerrar a otros dispositivos',
  'told.mayNot': 'Este dispositivo no puede hacer eso. Dale el permiso en el ordenador donde funciona Parley.',
  'told.noDoor': 'Aquí no hay ninguna puerta para otros dispositivos.',
  'told.noRoom': 'No caben más dispositivos vinculados. Revoca uno y vincula después el nuevo.',
  'told.asksNoMore': 'Este dispositivo ya no pregunta. Empieza otra vez con cifras nuevas.',
  'told.doorFirst': 'Activa primero «Otros dispositivos en esta red».',
  'told.movedTo': 'Otros dispositivos encuentran Parley ahora en otra dirección: {place}.',
  'told.doorRefused':
    'El sistema no permite llegar a Parley desde la red. Permítelo en el cortafuegos y vuelve a intentarlo.',
  'told.doorFailed':
    'No se puede abrir la puerta para otros dispositivos. Desactívala y vuelve a activarla; si sigue igual, reinicia Parley.',
}
