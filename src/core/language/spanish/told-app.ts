// Spanish: what main says of conversations, settings, tasks and keys.
import type { toldApp as english } from '../english/told-app.ts'
import type { Translated } from '../messages.ts'

export const toldApp: Translated<typeof english> = {
  'told.failed': 'No funcionó. Vuelve a intentarlo; si se repite, reinicia Parley.',
  'told.noRequest': 'No existe esa petición.',
  'told.onlyHere': 'Esto solo se puede hacer en el equipo donde se ejecuta Parley.',
  'told.invalid': 'No se puede hacer con lo que se dio.',
  'told.tooMany': 'Demasiadas peticiones a la vez; espera un momento.',
  'told.tooMuch': 'Es demasiado para una sola petición.',
  'told.anotherByNow': 'Ahora hay otra conversación abierta.',
  'told.noneOpen': 'No hay ninguna conversación abierta. Elige una o empieza otra.',
  'told.notOpenAnyMore': 'Esta pregunta ya no está abierta: no se hizo nada.',
  'told.nothingToTakeBack': 'No se ha dicho nada que se pueda retirar.',
  'told.cannotPutBack': 'Desde entonces se ha dicho algo, así que ya no se puede restaurar.',
  'told.notThere': 'Esta conversación ya no está.',
  'told.addressFirst': 'Escribe primero la dirección del servidor y después su clave.',
  'told.serviceWithoutAddress': 'Este servicio no tiene dirección.',
  'told.noTool': 'Ahora no existe esa herramienta. Quizá su servidor no esté en marcha.',
  'told.noDialog': 'Aquí no hay ese diálogo. Escribe la ruta de la carpeta.',
  'told.needsAddress': 'Escribe primero la dirección y luego lo que va con ella.',
  'told.noKeyInThis': 'Aquí no hay ninguna clave.',
  'told.nameAndPassword': 'Escribe nombre y contraseña en una línea con dos puntos en medio: nombre:contraseña.',
  'told.cannotBeSet': 'Esto no se puede ajustar: {cause}',
  'told.keyFlaw': 'Esta clave no se puede enviar: {cause}. Cópiala otra vez, solo la clave.',
  'told.keyFlaw.long': 'es más larga que cualquier clave',
  'told.keyFlaw.line': 'hay un salto de línea en medio',
  'told.keyFlaw.bearer': 'quita la palabra «Bearer» de delante',
  'told.keyFlaw.space': 'hay un espacio en medio',
  'told.keyFlaw.quotes': 'contiene comillas tipográficas',
  'told.keyFlaw.unseen': 'contiene un carácter que no se ve',
  'told.keyFlaw.control': 'contiene un carácter de control',
  'told.keyFlaw.other': 'contiene un carácter que ninguna clave tiene',
  'told.address.fragment': 'Quita lo que hay detrás de «#» en la dirección.',
  'told.address.password': 'Quita el nombre y la contraseña de la dirección: la clave tiene su propio campo.',
  'told.address.key': 'Quita la clave de la dirección: tiene su propio campo.',
  'told.proxy.password': 'Quita nombre y contraseña de la dirección del proxy: tienen su propio campo.',
  'told.proxy.address': 'La dirección de un proxy es como http://proxy.example:3128.',
  'told.proxy.unreachable': 'No se puede contactar con el proxy {name} ({state}).',
  'told.proxy.wants':
    'El proxy {name} pide un nombre y una contraseña. Ponlos junto al proxy en los ajustes, o en HTTPS_PROXY.',
  'told.proxy.refuses':
    'El proxy {name} no deja que nadie llegue a {place} ({state}). Pide a quien lo lleva que lo permita.',
  'told.proxy.fails': 'El proxy {name} no pudo llegar a {place} ({state}).',
  'told.price.unknown':
    'Nadie sabe cuánto cuesta «{name}», así que con él no se puede mantener el límite de {amount} por día. Escribe su precio en los ajustes o permítelo sin precio.',
  'told.price.unsaved': 'No se pudo guardar el precio ({words}). Libera espacio y vuelve a intentarlo.',
  'told.price.memory': 'Lo que cuesta hoy no se puede guardar; hasta entonces se cuenta solo en memoria.',
  'told.serverTaken': 'Ya hay un servidor con este nombre.',
  'told.keysInSettings': 'Las claves no van en los ajustes.',
  'told.settingsUnread':
    'No se pudieron leer los ajustes, así que se usan los predeterminados. El archivo anterior se conserva como {name}.',
  'told.settingsRefused': 'Algunos ajustes no se pudieron usar ({words}). El archivo anterior se conserva como {name}.',
  'told.settingsUnsaved': 'No se pudieron guardar los ajustes ({words}).',
  'told.noConversation': 'No existe esa conversación.',
  'told.notInTrash': 'Esta conversación no está en la papelera.',
  'told.nameAgain': 'Vuelve a haber una conversación con este nombre.',
  'told.unreadable': 'El disco no entrega esta conversación ({words}).',
  'told.damaged': 'Esta conversación está dañada y no se puede leer. Se guardaron copias de sus archivos.',
  'told.diskAgain': 'El disco vuelve a aceptar cambios.',
  'told.diskRefuses': 'El disco rechaza los cambios: {words}.',
  'told.newer':
    'Esta conversación la escribió un Parley más nuevo. Puedes leerla aquí y continuarla después de actualizar.',
  'told.fileDamaged': 'Un archivo de esta conversación estaba dañado en el disco. Lo que se pudo leer está aquí.',
  'told.oneMissing':
    'Un archivo de esta conversación estaba dañado en el disco. Falta una entrada, todo lo demás está aquí.',
  'told.someMissing':
    'Un archivo de esta conversación estaba dañado en el disco. Faltan {amount} entradas, todo lo demás está aquí.',
  'told.unsaved': 'No se pudo guardar la conversación.',
  'told.alreadyRunning': 'Parley ya se ejecuta con esta carpeta. Usa ese o ciérralo primero.',
  'told.saved': 'Guardado como {name}.',
  'told.notSaved': 'No se pudo guardar el archivo. Elige otro lugar.',
  'told.slowLine':
    'La conexión es lenta, así que la voz prescinde por ahora de {amount} turnos anteriores. Aquí no se pierde nada.',
  'told.slowLineOne':
    'La conexión es lenta, así que la voz prescinde por ahora de un turno anterior. Aquí no se pierde nada.',
  'told.summaryOnly':
    'El servicio no aceptó nuestra conversación, así que solo conoce el resumen. Aquí no se pierde nada.',
  'told.partsRefused':
    'El servicio no aceptó {amount} partes de esta conversación. Todo lo demás está restaurado; aquí no se pierde nada.',
  'told.turnRefused':
    'El servicio no aceptó un turno de esta conversación («{words}»). Todo lo demás está restaurado; aquí no se pierde nada.',
  'told.summaryRefused':
    'El servicio no aceptó el resumen de esta conversación. Todo lo demás está restaurado; aquí no se pierde nada.',
  'told.used': 'Has usado {amount} del límite de hoy, que es {name}.',
  'told.usedUp': 'El límite de hoy, {amount}, se ha agotado. Súbelo en los ajustes o sigue mañana.',
  'told.prices': 'Los precios de prices.json no sirven, así que se usan los integrados. Comprueba sus campos.',
  'told.asksModel': 'La voz integrada pregunta ahora al modelo «{name}» en el puerto {place} de este equipo.',

  'told.grant.path': 'Da la ruta completa de la carpeta.',
  'told.grant.none': 'No existe esa carpeta.',
  'told.grant.own': 'La carpeta de Parley no se puede permitir: contiene lo que las herramientas pueden hacer.',
  'told.grant.home': 'Toda tu carpeta personal es demasiado: contiene claves y contraseñas. Elige una carpeta dentro.',
  'told.grant.system': 'Esta carpeta es del sistema. Elige una con tus propios archivos.',
  'told.grant.keys': 'Esta carpeta contiene claves y contraseñas. Elige otra.',
  'told.grant.hidden':
    'Las carpetas ocultas de tu carpeta personal contienen claves y lo que los programas obedecen. Elige otra carpeta.',

  'told.server.stopped': 'El servidor de herramientas {name} se detuvo. Se está iniciando de nuevo.',
  'told.server.tooMuch': 'El servidor de herramientas {name} ofrece más de lo que Parley admite. El resto se omite.',

  'told.task.ended': 'Parley se cerró mientras trabajaba en ello. Nada se hizo dos veces; puede seguir donde está.',
  'told.task.cancelled': 'Se canceló.',
  'told.task.notBegun': 'No se pudo empezar.',
  'told.task.steps': 'No se terminó tras {amount} pasos.',
  'told.task.unreachable': 'No se pudo contactar con el servicio.',
  'told.task.tooLong': 'La tarea se ha hecho más larga de lo que admite el servicio.',
  'told.task.unsaved': 'No se pudieron guardar los pasos de la tarea.',
  'told.task.model': 'El servicio no conoce el modelo para tareas. Elige otro en los ajustes.',
  'told.task.busy': 'El servicio tiene demasiado trabajo ahora mismo.',
  'told.task.noAnswer': 'El servicio no pudo responder.',

  'told.keys.asking': 'Se piden estas teclas al escritorio; quizá quiera que aceptes.',
  'told.keys.none':
    'Este escritorio no deja que ningún programa oiga teclas fuera de su ventana. Asigna una tecla a «parley --talk» en los ajustes de teclado del sistema: púlsala una vez para hablar y otra para terminar.',
  'told.keys.taken': 'Otro programa tiene {keys}; elige otras en los ajustes.',
  'told.keys.toggle':
    'En este sistema no se pueden escuchar las teclas: pulsa una vez para hablar y otra para terminar.',
  'told.keys.desktop': 'El escritorio la escucha: {keys}.',
  'told.keys.restarts': 'El detector de teclas se detuvo y se inicia de nuevo.',
  'told.keys.refused': '«{keys}» no sirve como tecla para hablar; elige otras en los ajustes.',
  'told.keys.noDisplay': 'Sin pantalla no se puede oír ninguna tecla fuera de la ventana.',
  'told.keys.allow':
    'Para mantener las teclas, permite Parley en Ajustes del Sistema, Privacidad y seguridad, Accesibilidad. Hasta entonces pulsa una vez para hablar y otra para terminar.',
  'told.closed': 'Esta conversación se ha cerrado.',
  'told.waiting': 'Hay demasiado por guardar. Libera espacio en el disco.',
  'told.wordsUnsaved': 'No se pudieron guardar las últimas palabras ({words}).',
  'told.tooLong': 'Es demasiado largo para guardarlo.',
  'told.folder': 'No se puede usar la carpeta de conversaciones ({words}).',
  'told.noName': 'Ese no es un nombre para una conversación.',
  'told.settingsUnreadable': 'No se pueden leer los ajustes ({words}).',
  'told.turnsMissing':
    'El servicio no aceptó nuestra conversación: faltan {amount} turnos anteriores y solo conoce el resumen. Aquí no se pierde nada.',
  'told.turnsUnknown':
    'El servicio no aceptó nuestra conversación: faltan {amount} turnos anteriores y no sabe lo que dijimos antes. Aquí no se pierde nada.',
  'told.turnMissing':
    'El servicio no aceptó nuestra conversación: falta un turno anterior y solo conoce el resumen. Aquí no se pierde nada.',
  'told.turnUnknown':
    'El servicio no aceptó nuestra conversación: falta un turno anterior y no sabe lo que dijimos antes. Aquí no se pierde nada.',
  'told.callRefused':
    'El servicio no aceptó una llamada de esta conversación ({name}). Todo lo demás está restaurado; aquí no se pierde nada.',
  'told.task.answered': 'El servicio respondió {state}.',
  'told.task.timeOver': 'El tiempo de la conexión terminó.',
  'told.check.damaged': '{name}: dañado.',
  'told.check.nothing': 'No se puede leer nada de la conversación «{name}».',
  'told.check.whole': 'Un archivo de la conversación «{name}» está dañado. No se ha perdido nada.',
  'told.check.missing': 'Un archivo de la conversación «{name}» está dañado. Entradas que faltan: {amount}.',
  'told.check.log': 'El registro de una tarea está dañado; lo que está entero se queda.',
  'told.check.index': 'El índice de la lista está dañado; lo que está entero se queda.',
  'told.archive.damaged': 'Esta exportación está dañada. No se ha importado nada.',
  'told.archive.other': 'Esto no es una exportación de Parley. No se ha importado nada.',
  'told.archive.newer':
    'Esta exportación la hizo un Parley más nuevo. Actualiza este primero; no se ha importado nada.',
  'told.archive.there': '{name} ya existe. Elige otro nombre.',
  'told.archive.path': 'Da la ruta entera, desde / o ~.',
}
