// Spanish: what main says of the line, the sound and the turns.
import type { toldLine as english } from '../english/told-line.ts'
import type { Translated } from '../messages.ts'

export const toldLine: Translated<typeof english> = {
  'told.keyRefused': 'El servicio rechazó la clave. Compruébala y vuelve a intentarlo.',
  'told.noCredit': 'La cuenta no tiene saldo. Añade saldo con el proveedor o usa la voz integrada.',
  'told.wantsModel': 'El servicio pide un modelo. Elige uno en los ajustes.',
  'told.unknownModel': 'El servicio no conoce este modelo de voz. Elige otro.',
  'told.oldProtocol': 'El servicio ya no habla esta versión del protocolo. Actualiza Parley.',
  'told.sessionRefused': 'El servicio rechazó la sesión. Comprueba el modelo y los ajustes.',
  'told.policy': 'El servicio cerró la sesión por incumplir sus normas.',
  'told.policySays': 'El servicio cerró la sesión y dice: {words}',
  'told.noService': 'No hay ningún servicio Realtime en esta dirección. Comprueba la dirección.',
  'told.noVoice': 'Esta dirección no acepta conexiones de voz. Comprueba la dirección y el modelo.',
  'told.redirects': 'El servidor redirige a otro sitio. Escribe su dirección final.',
  'told.noKey': 'Todavía no hay clave de OpenAI. Añade una en los ajustes o usa la voz integrada.',
  'told.noAddress': '«{words}» no es una dirección. Escribe una como wss://host/v1.',
  'told.inTheClear':
    '«{words}» enviaría tu voz y tu clave sin cifrar. Usa wss://, o ws:// para un servidor en este equipo.',
  'told.slowStart': 'La voz integrada no se inició a tiempo.',
  'told.engineStopped': 'La voz integrada se detuvo sola.',
  'told.engine.models':
    'La voz integrada no puede iniciarse: sus modelos de voz faltan o están dañados. Vuelve a instalar Parley; en una copia del código, ejecuta «node scripts/models.mjs». Mientras tanto puedes elegir otro servicio de voz en los ajustes.',
  'told.engine.full':
    'La voz integrada no puede iniciarse: el disco está lleno. Libera espacio y vuelve a intentarlo. Mientras tanto puedes elegir otro servicio de voz en los ajustes.',
  'told.engine.denied':
    'La voz integrada no puede iniciarse: no puede escribir en la carpeta de datos de Parley. Haz que vuelva a ser tuya y vuelve a intentarlo. Mientras tanto puedes elegir otro servicio de voz en los ajustes.',
  'told.engine.fails':
    'La voz integrada no puede iniciarse. Vuelve a intentarlo; si sigue así, vuelve a instalar Parley. Mientras tanto puedes elegir otro servicio de voz en los ajustes.',
  'told.engine.exits':
    'La voz integrada se cerró sola cada vez que se inició, como ocurre cuando hay poca memoria. Cierra otros programas y vuelve a intentarlo. Mientras tanto puedes elegir otro servicio de voz en los ajustes.',
  'told.engine.late':
    'La voz integrada no estuvo lista a tiempo, como ocurre en un equipo ocupado. Cierra otros programas y vuelve a intentarlo. Mientras tanto puedes elegir otro servicio de voz en los ajustes.',
  'told.engine.meanwhile': 'Mientras tanto puedes elegir otro servicio de voz en los ajustes.',

  'told.cause.answered': 'El servidor respondió {state}.',
  'told.cause.closed': 'La conexión se cerró ({state}).',
  'told.cause.expired': 'La sesión caducó.',
  'told.cause.notReady': 'La sesión no estuvo lista a tiempo.',
  'told.cause.dead': 'La conexión se quedó muerta.',
  'told.cause.noName': 'no se encontró el nombre del servidor, como sin red.',
  'told.cause.nobody': 'nada respondió en la dirección del servidor.',
  'told.cause.reset': 'la conexión se restableció.',
  'told.cause.silent': 'el servidor no respondió.',
  'told.cause.noWay': 'no había acceso a la red.',
  'told.cause.brokeOff': 'la conexión se cortó sin aviso.',
  'told.cause.lineClosed': 'el servidor cerró la conexión.',
  'told.cause.unproven': 'el servidor no pudo demostrar que es el que se busca.',
  'told.cause.untrusted':
    'este equipo no confía en el certificado que llegó, como detrás de un proxy de empresa que abre las conexiones. Consigue el certificado de la empresa y añádelo al almacén del sistema, o indica su archivo en NODE_EXTRA_CA_CERTS.',
  'told.cause.outOfDate':
    'el certificado del servidor está caducado. Comprueba el reloj de este equipo y luego el servidor.',
  'told.cause.otherServer':
    'el certificado que llegó es de otro servidor. Comprueba la dirección y si una red quiere que inicies sesión primero.',
  'told.cause.tooOften': 'se pregunta al servidor con demasiada frecuencia.',
  'told.cause.ownTrouble': 'el servidor tiene problemas propios.',

  'told.event.started': 'Se inició Parley {version}.',
  'told.event.opened': 'Se abrió la conexión.',
  'told.event.back': 'La conexión volvió tras {span}.',
  'told.event.renewed': 'La sesión se renovó sin cortes tras {span}.',
  'told.event.broke': 'La conexión se cortó tras {span}: {cause}',
  'told.event.attempt': 'Falló el intento {name} de conexión: {cause}',
  'told.event.resting': 'La conexión se cerró porque nadie hablaba.',
  'told.event.closed': 'La conexión se cerró.',
  'told.event.slow': 'La red era demasiado lenta: {span} de tu voz esperaron.',
  'told.event.caughtUp': 'La red se puso al día; no se perdió nada de tu voz.',
  'told.event.caughtUpLate': 'La red se puso al día; {span} de tu voz no llegaron.',
  'told.event.empty': 'La sesión empezó vacía.',
  'told.event.restored': 'La conversación se restauró y verificó: {amount} de {name} entradas.',
  'told.event.restoredRefused':
    'La conversación se restauró y verificó: {amount} de {name} entradas ({words} rechazadas).',
  'told.event.restoredOlder':
    'La conversación se restauró y verificó: {amount} de {name} entradas ({state} anteriores omitidas).',
  'told.event.restoredBoth':
    'La conversación se restauró y verificó: {amount} de {name} entradas ({words} rechazadas, {state} anteriores omitidas).',
  'told.event.nothing': 'Entonces no se registró nada: Parley no tenía ninguna conexión abierta.',
  'told.event.whole': 'La conexión no se cortó.',
  'told.event.outage': 'Estuviste sin conexión {span}.',
  'told.event.outages': 'Estuviste sin conexión {span} en {amount} cortes.',
  'told.event.tooSlow': 'La red era demasiado lenta para tu voz.',
  'told.event.usual': 'El servicio solía responder en {time} ms.',

  'told.trial.tones': 'Deberías haber oído dos notas.',
  'told.trial.ended': 'La prueba del micrófono ha terminado.',
  'told.trial.say': 'Di algo: la barra se mueve cuando se te oye.',
  'told.trial.builtIn': 'La voz integrada no necesita clave ni red.',
  'told.trial.answers': 'El servicio responde y acepta la clave.',
  'told.trial.ends': 'El servicio terminó la sesión enseguida. Vuelve a intentarlo.',
  'told.trial.keyRefused': 'El servicio rechazó esta clave. Mira si se copió entera y si aún vale.',
  'told.trial.offline': 'Este equipo no tiene red ahora. Conéctalo y vuelve a intentarlo.',
  'told.trial.tooOften':
    'Se pregunta al servicio con demasiada frecuencia, o la cuenta no tiene saldo. Espera un minuto o míralo allí.',
  'told.trial.ownTrouble': 'El servicio tiene problemas propios. Vuelve a intentarlo en unos minutos.',
  'told.trial.silentHost': '«{place}» no respondió en 10 segundos. Comprueba la dirección y la red.',
  'told.trial.noHost': 'No hay ningún servidor llamado «{place}». Mira si hay un error en la dirección.',
  'told.trial.nobody': 'Nada responde en «{place}». ¿Está en marcha el servidor, y es correcto el puerto?',
  'told.trial.unproven':
    '«{place}» no puede demostrar que es el servidor que buscas, así que no se le dio la clave. Comprueba la dirección.',
  'told.trial.noWay': 'Ahora no se llega a «{place}». Comprueba la red y vuelve a intentarlo.',
  'told.trial.hungUp':
    '«{place}» colgó antes de responder. Comprueba la dirección o vuelve a intentarlo en unos minutos.',
  'told.reading.late': 'La voz no empezó a tiempo. Vuelve a intentarlo.',
  'told.reading.nothing': 'La voz no tuvo nada que decir a esto.',
  'told.reading.failed': 'La voz no pudo leer esto. Vuelve a intentarlo.',
  'told.reading.unreachable': 'No se puede contactar con la voz: {cause}',
  'told.reading.busy': 'Se te está oyendo. Prueba otra vez en la pausa.',
  'told.reading.empty': 'Aquí no hay palabras que leer.',

  'told.sound.none':
    'No hay {part, select, microphone {micrófono} other {altavoz}} en este equipo. Conecta uno y vuelve a intentarlo.',
  'told.sound.refused':
    'No se puede abrir el {part, select, microphone {micrófono} other {altavoz}} «{name}» ({words}). Cierra otros programas que lo usen o elige otro en los ajustes.',
  'told.sound.elsewhere':
    'El {part, select, microphone {micrófono} other {altavoz}} «{name}» no está; se usa «{words}» en su lugar.',
  'told.sound.cannot': 'No se puede abrir el dispositivo de sonido.',
  'told.sound.silence':
    'El micrófono solo da silencio. Comprueba que no esté silenciado y que Parley pueda usarlo según los ajustes del sistema.',
  'told.echo.noLibrary':
    'La cancelación de eco no se carga en este equipo. Mientras habla la voz, el micrófono está cerrado salvo que hable más alto; con auriculares no hace falta.',
  'told.echo.leaks':
    'El micrófono oye demasiado la voz, así que se cierra mientras habla salvo que usted hable más alto. Baje el altavoz, aleje el micrófono o use auriculares.',
  'told.sound.denied':
    'El sistema no deja que Parley use el micrófono. Permítalo en los ajustes de privacidad del sistema e inténtelo de nuevo.',
  'told.sound.muted':
    'El micrófono está silenciado en el sistema. Actívelo en los ajustes de sonido del sistema o con su propio interruptor.',
  'told.sound.speakerMuted':
    'El altavoz está silenciado en el sistema: la voz habla y no se oye. Actívelo en los ajustes de sonido del sistema o con su propio interruptor.',
  'told.sound.zeros':
    'El micrófono está activado, pero solo da silencio. Revise su cable y su interruptor, o elija otro en los ajustes.',
  'told.sound.quiet':
    'Se le oye muy bajo. Acérquese al micrófono o suba su nivel en los ajustes de sonido del sistema.',
  'told.sound.clips':
    'El micrófono está demasiado alto y distorsiona. Baje su nivel en los ajustes de sonido del sistema o aléjese de él.',
  'told.sound.noDetector':
    'Para este micrófono no hay detector de voz, así que manos libres envía todo lo que oye. Usa «Mantener para hablar» para enviar solo lo que quieras.',
  'told.sound.noNameDetector':
    'No hay detector de voz para este micrófono, así que no se puede llamar a Parley por su nombre. Usa «Mantener para hablar» o «Manos libres».',
  'told.sound.noNameHearing':
    'Lo que reconoce el nombre de Parley no se pudo iniciar, así que llamarlo no hace nada. Reinicia Parley; hasta entonces usa «Mantener para hablar».',
  'told.sound.tooMuch': 'Más de diez minutos de voz esperan a reproducirse; lo que pase de ahí no se dirá.',
  'told.sound.library':
    'La biblioteca de sonido no carga en este equipo. Ejecuta «npm rebuild naudiodon», o usa un archivo o texto.',
  'told.sound.restarts': 'El sonido se detuvo ({words}) y se inicia de nuevo.',
  'told.sound.keepsFailing': 'El sonido sigue fallando en este equipo. Reinicia Parley o sigue por escrito.',
  'told.sound.tryingAgain':
    'El {part, select, microphone {micrófono} other {altavoz}} no se abre; se intenta de nuevo.',
  'told.sound.stopped':
    'El {part, select, microphone {micrófono} other {altavoz}} dejó de funcionar y se inicia de nuevo.',

  'told.turn.notUnderstood': 'No se pudieron entender las palabras.',
  'told.turn.refused': 'El servicio se negó a responder. Dilo otra vez o escríbelo.',
  'told.turn.unanswered': 'El servicio no pudo responder a esto. Dilo otra vez o escríbelo.',
  'told.turn.unwilling': 'El servicio no quiso responder a esto. Dilo de otra manera.',
  'told.turn.busy': 'El servicio está demasiado ocupado para esta cuenta. Espera un poco y dilo otra vez.',
  'told.turn.brokeOff': 'El servicio cortó su respuesta. Pregunta otra vez para tenerla entera.',
  'told.turn.stopped': 'El servicio se detuvo a mitad de la respuesta. Pídele que siga.',
  'told.turn.written': 'La respuesta llegó solo por escrito. Léela aquí o pregunta otra vez para oírla.',
  'told.turn.limit': 'La respuesta llegó al límite del servicio y se acortó. Pídele que siga.',
  'told.turn.lineBroke': 'La conexión se cortó antes de que se entendieran las palabras.',
  'told.turn.ended': 'Parley se cerró antes de que esto se respondiera.',
  'told.turn.nothing': 'El servicio no respondió nada. Pregunta otra vez o dilo de otra manera.',
  'told.turn.again': 'La respuesta se cortó antes de que la oyeras; se pide de nuevo.',
  'told.turn.twice': 'La respuesta se cortó otra vez. Pregunta una vez más o dilo de otra manera.',
  'told.turn.lost': 'La conexión se cortó antes de que se entendieran tus palabras. Dilo otra vez, por favor.',
  'told.turn.wordsRefused': 'El servicio no aceptó estas palabras. Dilo de otra manera.',
  'told.turn.soundRefused': 'El servicio no aceptó lo que dijiste. Pregunta otra vez o escríbelo.',
  'told.turn.damaged': 'Un trozo del sonido de la respuesta llegó dañado y se omitió.',
  'told.turn.unmeasured': 'El altavoz no indicó cuánto de la respuesta oíste.',
  'told.turn.slow':
    'La red es demasiado lenta para tu voz ahora mismo. Lo que dices se guarda diez segundos; comprueba la conexión.',
  'told.turn.settings': 'El servicio no aceptó el cambio de ajustes.',
  'told.cause.tooSlow': 'La conexión es demasiado lenta para toda la conversación.',
  'told.cause.holdsElse': 'La sesión contiene algo distinto de lo restaurado ({words}).',
  'told.cause.others': 'El servicio aceptó otros y no dijo nada de este.',
  'told.cause.noAnswer': 'El servicio no respondió a lo que se le dio.',
  'told.cause.wentOn': 'La conversación siguió mientras se hacía el relevo.',
  'told.cause.serviceClosed': 'El servicio cerró la sesión.',
  'told.sound.openAlready': 'El {part, select, microphone {micrófono} other {altavoz}} ya está abierto.',
  'told.sound.closed': 'El {part, select, microphone {micrófono} other {altavoz}} se cerró antes de abrirse.',
}
