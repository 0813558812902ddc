// German: what main says of conversations, settings, tasks and keys.
import type { toldApp as english } from '../english/told-app.ts'
import type { Translated } from '../messages.ts'

export const toldApp: Translated<typeof english> = {
  'told.failed': 'Das hat nicht geklappt. Versuch es erneut; passiert es wieder, starte Parley neu.',
  'told.noRequest': 'Eine solche Anfrage gibt es nicht.',
  'told.onlyHere': 'Das geht nur auf dem Computer, auf dem Parley läuft.',
  'told.invalid': 'Mit diesen Angaben geht das nicht.',
  'told.tooMany': 'Zu viele Anfragen auf einmal; warte einen Moment.',
  'told.tooMuch': 'Das ist zu viel für eine Anfrage.',
  'told.anotherByNow': 'Inzwischen ist ein anderes Gespräch offen.',
  'told.noneOpen': 'Es ist kein Gespräch offen. Wähle eines oder beginne ein neues.',
  'told.notOpenAnyMore': 'Diese Frage ist nicht mehr offen: Es wurde nichts getan.',
  'told.nothingToTakeBack': 'Es wurde nichts gesagt, das sich zurücknehmen ließe.',
  'told.cannotPutBack': 'Seitdem wurde etwas gesagt, darum lässt sich das nicht mehr wiederherstellen.',
  'told.notThere': 'Dieses Gespräch gibt es nicht mehr.',
  'told.addressFirst': 'Gib zuerst die Adresse des Servers ein, dann seinen Schlüssel.',
  'told.serviceWithoutAddress': 'Dieser Dienst hat keine Adresse.',
  'told.noTool': 'Dieses Werkzeug gibt es gerade nicht. Vielleicht läuft sein Server nicht.',
  'told.noDialog': 'Diesen Dialog gibt es hier nicht. Gib den Pfad des Ordners ein.',
  'told.needsAddress': 'Gib zuerst die Adresse ein, dann, was dazugehört.',
  'told.noKeyInThis': 'Darin ist kein Schlüssel.',
  'told.nameAndPassword': 'Schreib Name und Passwort in eine Zeile mit einem Doppelpunkt dazwischen: Name:Passwort.',
  'told.cannotBeSet': 'Das lässt sich nicht einstellen: {cause}',
  'told.keyFlaw': 'Dieser Schlüssel lässt sich nicht senden: {cause}. Kopiere ihn noch einmal, den Schlüssel allein.',
  'told.keyFlaw.long': 'er ist länger als jeder Schlüssel',
  'told.keyFlaw.line': 'mitten darin ist ein Zeilenumbruch',
  'told.keyFlaw.bearer': 'lass das Wort „Bearer“ davor weg',
  'told.keyFlaw.space': 'mitten darin ist ein Leerzeichen',
  'told.keyFlaw.quotes': 'darin sind typografische Anführungszeichen',
  'told.keyFlaw.unseen': 'darin ist ein unsichtbares Zeichen',
  'told.keyFlaw.control': 'darin ist ein Steuerzeichen',
  'told.keyFlaw.other': 'darin ist ein Zeichen, das kein Schlüssel hat',
  'told.address.fragment': 'Lass weg, was in der Adresse hinter „#“ steht.',
  'told.address.password': 'Lass Name und Passwort aus der Adresse weg: Ein Schlüssel hat sein eigenes Feld.',
  'told.address.key': 'Lass den Schlüssel aus der Adresse weg: Er hat sein eigenes Feld.',
  'told.proxy.password': 'Lass Name und Passwort aus der Adresse des Proxys weg: Sie haben ihr eigenes Feld.',
  'told.proxy.address': 'Die Adresse eines Proxys ist wie http://proxy.example:3128.',
  'told.proxy.unreachable': 'Der Proxy {name} ist nicht erreichbar ({state}).',
  'told.proxy.wants':
    'Der Proxy {name} verlangt Name und Passwort. Trag sie in den Einstellungen beim Proxy ein, oder in HTTPS_PROXY.',
  'told.proxy.refuses':
    'Der Proxy {name} lässt niemanden zu {place} ({state}). Bitte seinen Betreiber, es zu erlauben.',
  'told.proxy.fails': 'Der Proxy {name} konnte {place} nicht erreichen ({state}).',
  'told.price.unknown':
    'Niemand weiß, was „{name}“ kostet, darum lässt sich das Limit von {amount} am Tag damit nicht halten. Gib seinen Preis in den Einstellungen ein, oder erlaube es ohne Preis.',
  'told.price.unsaved': 'Der Preis konnte nicht gespeichert werden ({words}). Schaffe Platz und versuch es erneut.',
  'told.price.memory': 'Was heute kostet, lässt sich nicht speichern; bis dahin wird es nur im Speicher gezählt.',
  'told.serverTaken': 'Einen Server mit diesem Namen gibt es schon.',
  'told.keysInSettings': 'Schlüssel gehören nicht in die Einstellungen.',
  'told.settingsUnread':
    'Die Einstellungen waren nicht lesbar, darum gelten die Vorgaben. Die alte Datei bleibt als {name} erhalten.',
  'told.settingsRefused':
    'Einige Einstellungen waren nicht zu gebrauchen ({words}). Die alte Datei bleibt als {name} erhalten.',
  'told.settingsUnsaved': 'Die Einstellungen konnten nicht gespeichert werden ({words}).',
  'told.noConversation': 'Ein solches Gespräch gibt es nicht.',
  'told.notInTrash': 'Dieses Gespräch ist nicht im Papierkorb.',
  'told.nameAgain': 'Es gibt wieder ein Gespräch mit diesem Namen.',
  'told.unreadable': 'Die Festplatte gibt dieses Gespräch nicht her ({words}).',
  'told.damaged': 'Dieses Gespräch ist beschädigt und nicht lesbar. Kopien seiner Dateien wurden aufgehoben.',
  'told.diskAgain': 'Die Festplatte nimmt wieder Änderungen an.',
  'told.diskRefuses': 'Die Festplatte nimmt keine Änderungen an: {words}.',
  'told.newer':
    'Dieses Gespräch wurde von einem neueren Parley geschrieben. Du kannst es hier lesen und nach einem Update fortsetzen.',
  'told.fileDamaged': 'Eine Datei dieses Gesprächs war auf der Festplatte beschädigt. Was lesbar war, ist hier.',
  'told.oneMissing':
    'Eine Datei dieses Gesprächs war auf der Festplatte beschädigt. Ein Eintrag fehlt, alles andere ist hier.',
  'told.someMissing':
    'Eine Datei dieses Gesprächs war auf der Festplatte beschädigt. {amount} Einträge fehlen, alles andere ist hier.',
  'told.unsaved': 'Das Gespräch konnte nicht gespeichert werden.',
  'told.alreadyRunning': 'Parley läuft schon mit diesem Ordner. Nimm das laufende, oder schließ es zuerst.',
  'told.saved': 'Gespeichert als {name}.',
  'told.notSaved': 'Die Datei konnte nicht gespeichert werden. Wähle einen anderen Ort dafür.',
  'told.slowLine':
    'Die Verbindung ist langsam, darum kommt die Stimme vorerst ohne {amount} ältere Beiträge aus. Hier geht nichts verloren.',
  'told.slowLineOne':
    'Die Verbindung ist langsam, darum kommt die Stimme vorerst ohne einen älteren Beitrag aus. Hier geht nichts verloren.',
  'told.summaryOnly':
    'Der Dienst hat unser Gespräch nicht angenommen, darum kennt er nur die Zusammenfassung. Hier geht nichts verloren.',
  'told.partsRefused':
    'Der Dienst hat {amount} Teile dieses Gesprächs nicht angenommen. Alles andere ist wiederhergestellt; hier geht nichts verloren.',
  'told.turnRefused':
    'Der Dienst hat einen Beitrag dieses Gesprächs nicht angenommen („{words}“). Alles andere ist wiederhergestellt; hier geht nichts verloren.',
  'told.summaryRefused':
    'Der Dienst hat die Zusammenfassung dieses Gesprächs nicht angenommen. Alles andere ist wiederhergestellt; hier geht nichts verloren.',
  'told.used': 'Du hast {amount} des heutigen Limits von {name} verbraucht.',
  'told.usedUp':
    'Das heutige Limit von {amount} ist aufgebraucht. Erhöhe es in den Einstellungen, oder mach morgen weiter.',
  'told.prices':
    'Die Preise in prices.json sind nicht zu gebrauchen, darum gelten die eingebauten. Prüfe die Felder der Datei.',
  'told.asksModel': 'Die eingebaute Stimme fragt jetzt das Modell „{name}“ am Port {place} dieses Computers.',

  'told.grant.path': 'Gib den ganzen Pfad des Ordners an.',
  'told.grant.none': 'Einen solchen Ordner gibt es nicht.',
  'told.grant.own': 'Parleys eigener Ordner kann nicht freigegeben werden: Darin steht, was Werkzeuge dürfen.',
  'told.grant.home':
    'Dein ganzer Benutzerordner ist zu viel: Darin liegen Schlüssel und Passwörter. Wähle einen Ordner darin.',
  'told.grant.system': 'Dieser Ordner gehört dem System. Wähle einen mit deinen eigenen Dateien.',
  'told.grant.keys': 'In diesem Ordner liegen Schlüssel und Passwörter. Wähle einen anderen.',
  'told.grant.hidden':
    'In versteckten Ordnern deines Benutzerordners liegen Schlüssel und das, wonach sich Programme richten. Wähle einen anderen Ordner.',

  'told.server.stopped': 'Der Werkzeugserver {name} ist ausgefallen. Er wird neu gestartet.',
  'told.server.tooMuch': 'Der Werkzeugserver {name} bietet mehr an, als Parley nimmt. Der Rest wird weggelassen.',

  'told.task.ended':
    'Parley wurde beendet, während es daran arbeitete. Nichts wurde doppelt getan; es kann da weitergehen, wo es steht.',
  'told.task.cancelled': 'Es wurde abgebrochen.',
  'told.task.notBegun': 'Es konnte nicht begonnen werden.',
  'told.task.steps': 'Nach {amount} Schritten war es nicht fertig.',
  'told.task.unreachable': 'Der Dienst war nicht erreichbar.',
  'told.task.tooLong': 'Die Aufgabe ist länger geworden, als der Dienst annimmt.',
  'told.task.unsaved': 'Die Schritte der Aufgabe konnten nicht gespeichert werden.',
  'told.task.model': 'Der Dienst kennt das Modell für Aufgaben nicht. Wähle in den Einstellungen ein anderes.',
  'told.task.busy': 'Der Dienst hat gerade zu viel zu tun.',
  'told.task.noAnswer': 'Der Dienst konnte nicht antworten.',

  'told.keys.asking': 'Der Desktop wird um diese Tasten gebeten; vielleicht musst du zustimmen.',
  'told.keys.none':
    'Dieser Desktop lässt kein Programm Tasten außerhalb seines Fensters hören. Gib „parley --talk“ in den Tastatureinstellungen des Systems eine Taste: einmal drücken zum Sprechen, noch einmal zum Beenden.',
  'told.keys.taken': 'Ein anderes Programm hat {keys}; wähle andere Tasten in den Einstellungen.',
  'told.keys.toggle':
    'Auf diesem System lassen sich die Tasten nicht mithören: einmal drücken zum Sprechen, noch einmal zum Beenden.',
  'told.keys.desktop': 'Der Desktop hört darauf: {keys}.',
  'told.keys.restarts': 'Der Tastenhörer ist ausgefallen und wird neu gestartet.',
  'told.keys.refused': '„{keys}“ taugt nicht als Sprechtaste; wähle in den Einstellungen andere Tasten.',
  'told.keys.noDisplay': 'Ohne Bildschirm ist außerhalb des Fensters keine Taste zu hören.',
  'told.keys.allow':
    'Um die Tasten zu halten, erlaube Parley in den Systemeinstellungen unter Datenschutz & Sicherheit, Bedienungshilfen. Bis dahin einmal drücken zum Sprechen und noch einmal zum Beenden.',
  'told.closed': 'Dieses Gespräch wurde geschlossen.',
  'told.waiting': 'Zu viel wartet auf das Speichern. Schaffe Platz auf der Festplatte.',
  'told.wordsUnsaved': 'Die letzten Worte konnten nicht gespeichert werden ({words}).',
  'told.tooLong': 'Das ist zu lang, um es aufzubewahren.',
  'told.folder': 'Der Ordner für Gespräche ist nicht zu gebrauchen ({words}).',
  'told.noName': 'Das ist kein Name für ein Gespräch.',
  'told.settingsUnreadable': 'Die Einstellungen sind nicht lesbar ({words}).',
  'told.turnsMissing':
    'Der Dienst hat unser Gespräch nicht angenommen: {amount} ältere Beiträge fehlen, und er kennt nur die Zusammenfassung. Hier geht nichts verloren.',
  'told.turnsUnknown':
    'Der Dienst hat unser Gespräch nicht angenommen: {amount} ältere Beiträge fehlen, und er weiß nicht, was wir vorher gesagt haben. Hier geht nichts verloren.',
  'told.turnMissing':
    'Der Dienst hat unser Gespräch nicht angenommen: Ein älterer Beitrag fehlt, und er kennt nur die Zusammenfassung. Hier geht nichts verloren.',
  'told.turnUnknown':
    'Der Dienst hat unser Gespräch nicht angenommen: Ein älterer Beitrag fehlt, und er weiß nicht, was wir vorher gesagt haben. Hier geht nichts verloren.',
  'told.callRefused':
    'Der Dienst hat einen Aufruf dieses Gesprächs nicht angenommen ({name}). Alles andere ist wiederhergestellt; hier geht nichts verloren.',
  'told.task.answered': 'Der Dienst antwortete {state}.',
  'told.task.timeOver': 'Die Zeit der Verbindung war um.',
  'told.check.damaged': '{name}: beschädigt.',
  'told.check.nothing': 'Vom Gespräch „{name}“ lässt sich nichts lesen.',
  'told.check.whole': 'Eine Datei des Gesprächs „{name}“ ist beschädigt. Nichts davon ist verloren.',
  'told.check.missing': 'Eine Datei des Gesprächs „{name}“ ist beschädigt. Fehlende Einträge: {amount}.',
  'told.check.log': 'Das Protokoll einer Aufgabe ist beschädigt; was davon heil ist, bleibt.',
  'told.check.index': 'Der Index der Liste ist beschädigt; was davon heil ist, bleibt.',
  'told.archive.damaged': 'Dieser Export ist beschädigt. Nichts wurde importiert.',
  'told.archive.other': 'Das ist kein Export von Parley. Nichts wurde importiert.',
  'told.archive.newer':
    'Diesen Export hat ein neueres Parley gemacht. Aktualisiere dieses zuerst; nichts wurde importiert.',
  'told.archive.there': '{name} gibt es schon. Wähle einen anderen Namen.',
  'told.archive.path': 'Gib den ganzen Pfad an, von / oder ~ an.',
}
