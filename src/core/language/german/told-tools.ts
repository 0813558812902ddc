// German: what main says of tasks, servers of tools and what other servers do otherwise.
import type { toldTools as english } from '../english/told-tools.ts'
import type { Translated } from '../messages.ts'

export const toldTools: Translated<typeof english> = {
  'told.reminder': 'Erinnerung: {words}',
  'told.task.says': 'Der Dienst sagt: {words}',
  'told.task.brokeOff': 'Die Antwort brach ab ({state}).',
  'told.task.gone': 'Die Verbindung ist weg.',
  'told.task.stopped': 'Die Antwort kam nicht weiter.',
  'told.task.closed': 'Die Verbindung wurde geschlossen.',
  'told.task.middle': 'Die Antwort endete mittendrin.',
  'told.task.webPage': 'Der Server hat mit einer Webseite geantwortet. Prüfe seine Adresse.',
  'told.task.answerUnreadable': 'Die Antwort des Servers ist nicht lesbar.',
  'told.task.tooLongAnswer': 'Die Antwort ist zu lang.',
  'told.task.compacted': 'Das verdichtete Gespräch ist nicht lesbar.',
  'told.task.expired': 'Die Zeit war abgelaufen.',
  'told.task.refused': 'Der Server wies die Verbindung ab ({state}).',
  'told.task.noSockets': 'Der Server nimmt keine dauerhaften Verbindungen an.',
  'told.task.unwanted': 'Es wird keine Verbindung mehr gebraucht.',
  'told.task.name': 'Der Name dieser Aufgabe ist keiner von Parley.',
  'told.task.unreadable': 'Die Festplatte gibt das Protokoll dieser Aufgabe nicht her ({words}).',
  'told.task.tooLongKept': 'Diese Aufgabe ist zu lang geworden, um sie aufzubewahren.',
  'told.task.stepsUnsaved': 'Die Schritte der Aufgabe konnten nicht gespeichert werden ({words}).',

  'told.server.starting':
    'Der Werkzeugserver {name} startet noch. Beim ersten Mal lädt er sich vielleicht herunter; Parley wartet {amount} Minuten.',
  'told.server.wantsYou': 'Der Werkzeugserver {name} will wissen, wer du bist: siehe „Werkzeuge“.',
  'told.server.givenUp':
    'Der Werkzeugserver {name} ist {amount}-mal ausgefallen. Er wird nicht mehr von selbst gestartet: siehe „Werkzeuge“.',
  'told.server.notStarted':
    'Der Werkzeugserver {name} ließ sich nicht starten: {cause}. Er wird nicht mehr von selbst gestartet: siehe „Werkzeuge“.',
  'told.server.itStopped': 'Er ist ausgefallen.',
  'told.server.itStoppedHow': 'Er ist ausgefallen ({cause}).',
  'told.server.itEnded': 'Er endete, bevor er bereit war.',
  'told.server.itEndedHow': 'Er endete, bevor er bereit war ({cause}).',
  'told.server.signal': 'ein Signal',
  'told.server.exit': 'Rückgabewert {state}',
  'told.server.unknown': 'Er will wissen, wer du bist. Melde dich an, oder setze seinen Header.',
  'told.server.notFound':
    '„{name}“ wurde in den Ordnern von PATH nicht gefunden. Installiere es, oder gib seinen ganzen Pfad an.',
  'told.server.notRun': '„{name}“ darf nicht ausgeführt werden ({state}).',
  'told.server.cannotStart': '„{name}“ lässt sich nicht starten ({state}).',
  'told.server.status': 'Die Adresse antwortet mit dem Status {state}.',
  'told.server.nothingAnswers': 'Unter seiner Adresse antwortet nichts ({state}).',
  'told.server.late': 'Er war nach {amount} Sekunden nicht bereit.',
  'told.server.version': 'Er spricht eine Fassung des Protokolls, die Parley nicht kennt.',
  'told.server.answered': 'Er antwortete: {words}',
  'told.server.foreign': 'Was er sagt, ist nicht das Protokoll von Werkzeugservern.',
  'told.server.noSignIn': 'Er bietet keine Anmeldung an, die Parley nutzen kann.',
  'told.server.noSignInOf': '{name} bietet keine Anmeldung an, die Parley nutzen kann: {words}',
  'told.server.signInThere': 'Melde dich dort an; Parley wartet fünf Minuten.',
  'told.server.onlyAtAddress': 'Nur ein Server unter einer Adresse hat eine Anmeldung.',
  'told.server.headerAtAddress': 'Nur ein Server unter einer Adresse hat einen Header und eine Anmeldung.',
  'told.server.noSignInAtAll': 'Er bietet keine Anmeldung an.',
  'told.server.header': 'Ein Header besteht aus Buchstaben, Ziffern und Zeichen aus reinem ASCII, in einer Zeile.',
  'told.server.gone': 'Diesen Server gibt es nicht mehr.',
  'told.server.unsafePage': 'Er nennt dafür eine Seite, die zu öffnen nicht sicher ist.',
  'told.server.nobody': 'Innerhalb von fünf Minuten hat sich niemand angemeldet.',
  'told.server.signInGivenUp': 'Die Anmeldung wurde aufgegeben.',
  'told.server.signInRefused': 'Die Anmeldung wurde abgelehnt: {cause}.',
  'told.server.pageIn': 'Du bist angemeldet. Parley macht weiter; diese Seite kann geschlossen werden.',
  'told.server.pageRefused':
    'Die Anmeldung wurde abgelehnt. Parley sagt mehr dazu; diese Seite kann geschlossen werden.',
  'told.server.noReason': 'ein Grund wurde nicht genannt',
  'told.server.unsafeAddress': 'Der Server nennt eine Adresse, die zu fragen nicht sicher ist.',
  'told.server.sentTooMuch': 'Der Server schickte zu viel.',
  'told.server.takesNothing': 'Er nimmt nichts mehr an.',
  'told.server.noMessage': 'Eine Zeile ist keine Nachricht.',
  'told.server.saysOf': '{cause} (so sagt es der Server {name})',
  'told.server.resources':
    'Nennt die Texte und Dateien, die dieser Server hat, je eine Zeile: Adresse, Name, Beschreibung.',
  'told.server.templates':
    'Nennt Muster von Adressen, die dieser Server lesen kann, mit Lücken in Klammern zum Ausfüllen.',
  'told.server.resource': 'Liest einen Text, den dieser Server hat, nach seiner Adresse.',
  'told.server.prompts':
    'Nennt die Vorlagen, die dieser Server anbietet, je eine Zeile: Name, Argumente, Beschreibung.',
  'told.server.prompt': 'Holt den Text einer Vorlage dieses Servers, nach ihrem Namen.',

  'told.leftOut.tool': 'ein Werkzeug',
  'told.leftOut.all': 'alle seine Werkzeuge',
  'told.leftOut.unreadable': 'seine Antwort ist nicht lesbar',
  'told.leftOut.noTool': 'es ist keine Beschreibung eines Werkzeugs',
  'told.leftOut.noName': 'es hat keinen Namen',
  'told.leftOut.longName': 'sein Name ist zu lang',
  'told.leftOut.unseen': 'sein Name enthält unsichtbare Zeichen',
  'told.leftOut.sameName': 'ein anderes Werkzeug des Servers heißt genauso',
  'told.leftOut.otherName': 'sein Name läuft auf denselben hinaus wie der eines anderen Werkzeugs',
  'told.leftOut.noSchema': 'sein Schema ist kein JSON-Schema',
  'told.leftOut.deep': 'sein Schema ist zu tief verschachtelt',
  'told.leftOut.noObject': 'sein Schema beschreibt kein Objekt',
  'told.leftOut.large': 'sein Schema ist zu groß',

  'told.dialect.another':
    'Dieser Server spricht ein anderes Protokoll als OpenAIs Realtime. Wähle einen anderen Server, oder seine Adresse für Realtime.',
  'told.dialect.silent':
    'Der Server nahm die Verbindung an und sagte nichts. Vielleicht spricht er das Realtime-Protokoll nicht.',
  'told.dialect.setting':
    'Dieser Server nimmt die Einstellung „{name}“ nicht an. Sie wird weggelassen; alles andere ist, wie du es gewählt hast.',
  'told.dialect.voice': 'Dieser Server nimmt keine Worte der Stimme an.',
  'told.dialect.settings': 'Der Dienst hat die Einstellungen der Sitzung abgelehnt: {words}',
}
