// German: what main says of the line, the sound and the turns.
import type { toldLine as english } from '../english/told-line.ts'
import type { Translated } from '../messages.ts'

export const toldLine: Translated<typeof english> = {
  'told.keyRefused': 'Der Dienst hat den Schlüssel abgelehnt. Prüfe den Schlüssel und versuch es erneut.',
  'told.noCredit': 'Das Konto hat kein Guthaben mehr. Lade beim Anbieter auf oder nimm die eingebaute Stimme.',
  'told.wantsModel': 'Der Dienst verlangt ein Modell. Wähle eines in den Einstellungen.',
  'told.unknownModel': 'Der Dienst kennt dieses Sprachmodell nicht. Wähle ein anderes.',
  'told.oldProtocol': 'Der Dienst spricht diese Fassung des Protokolls nicht mehr. Aktualisiere Parley.',
  'told.sessionRefused': 'Der Dienst hat die Sitzung abgelehnt. Prüfe das Modell und die Einstellungen.',
  'told.policy': 'Der Dienst hat die Sitzung wegen eines Verstoßes gegen seine Regeln geschlossen.',
  'told.policySays': 'Der Dienst hat die Sitzung geschlossen und sagt: {words}',
  'told.noService': 'Unter dieser Adresse gibt es keinen Realtime-Dienst. Prüfe die Adresse.',
  'told.noVoice': 'Diese Adresse nimmt keine Sprachverbindungen an. Prüfe die Adresse und das Modell.',
  'told.redirects': 'Der Server leitet anderswohin weiter. Gib seine endgültige Adresse ein.',
  'told.noKey':
    'Es gibt noch keinen OpenAI-Schlüssel. Gib in den Einstellungen einen ein oder nimm die eingebaute Stimme.',
  'told.noAddress': '„{words}“ ist keine Adresse. Gib eine wie wss://host/v1 ein.',
  'told.inTheClear':
    '„{words}“ würde deine Stimme und deinen Schlüssel unverschlüsselt senden. Nimm wss://, oder ws:// für einen Server auf diesem Computer.',
  'told.slowStart': 'Die eingebaute Stimme ist nicht rechtzeitig gestartet.',
  'told.engineStopped': 'Die eingebaute Stimme hat von selbst aufgehört.',
  'told.engine.models':
    'Die eingebaute Stimme kann nicht starten: Ihre Sprachmodelle fehlen oder sind beschädigt. Installiere Parley neu; in einem Checkout führe „node scripts/models.mjs“ aus. Bis dahin kannst du in den Einstellungen einen anderen Sprachdienst wählen.',
  'told.engine.full':
    'Die eingebaute Stimme kann nicht starten: Die Festplatte ist voll. Schaffe Platz und versuch es erneut. Bis dahin kannst du in den Einstellungen einen anderen Sprachdienst wählen.',
  'told.engine.denied':
    'Die eingebaute Stimme kann nicht starten: Sie darf nicht in Parleys Datenordner schreiben. Mach ihn wieder zu deinem und versuch es erneut. Bis dahin kannst du in den Einstellungen einen anderen Sprachdienst wählen.',
  'told.engine.fails':
    'Die eingebaute Stimme kann nicht starten. Versuch es erneut; bleibt es dabei, installiere Parley neu. Bis dahin kannst du in den Einstellungen einen anderen Sprachdienst wählen.',
  'told.engine.exits':
    'Die eingebaute Stimme beendete sich bei jedem Start von selbst, wie bei zu wenig Speicher. Schließ andere Programme und versuch es erneut. Bis dahin kannst du in den Einstellungen einen anderen Sprachdienst wählen.',
  'told.engine.late':
    'Die eingebaute Stimme war nicht rechtzeitig bereit, wie auf einem ausgelasteten Computer. Schließ andere Programme und versuch es erneut. Bis dahin kannst du in den Einstellungen einen anderen Sprachdienst wählen.',
  'told.engine.meanwhile': 'Bis dahin kannst du in den Einstellungen einen anderen Sprachdienst wählen.',

  'told.cause.answered': 'Der Server antwortete {state}.',
  'told.cause.closed': 'Die Verbindung wurde geschlossen ({state}).',
  'told.cause.expired': 'Die Sitzung ist abgelaufen.',
  'told.cause.notReady': 'Die Sitzung war nicht rechtzeitig bereit.',
  'told.cause.dead': 'Die Verbindung war tot.',
  'told.cause.noName': 'der Name des Servers wurde nicht gefunden, wie ohne Netz.',
  'told.cause.nobody': 'unter der Adresse des Servers antwortete nichts.',
  'told.cause.reset': 'die Verbindung wurde zurückgesetzt.',
  'told.cause.silent': 'der Server antwortete nicht.',
  'told.cause.noWay': 'es gab keinen Weg ins Netz.',
  'told.cause.brokeOff': 'die Verbindung brach ohne ein Wort ab.',
  'told.cause.lineClosed': 'der Server hat die Verbindung geschlossen.',
  'told.cause.unproven': 'der Server konnte nicht beweisen, dass er der gemeinte ist.',
  'told.cause.untrusted':
    'dieser Computer vertraut dem Zertifikat nicht, das kam, wie hinter dem Proxy einer Firma, der Verbindungen öffnet. Besorg dir das Zertifikat der Firma und füge es dem Speicher des Systems hinzu, oder nenne seine Datei in NODE_EXTRA_CA_CERTS.',
  'told.cause.outOfDate':
    'das Zertifikat des Servers ist nicht gültig. Prüfe die Uhr dieses Computers, dann den Server.',
  'told.cause.otherServer':
    'das Zertifikat, das kam, ist für einen anderen Server. Prüfe die Adresse, und ob ein Netz zuerst eine Anmeldung will.',
  'told.cause.tooOften': 'der Server wird zu oft gefragt.',
  'told.cause.ownTrouble': 'der Server hat selbst Schwierigkeiten.',

  'told.event.started': 'Parley {version} wurde gestartet.',
  'told.event.opened': 'Die Verbindung wurde geöffnet.',
  'told.event.back': 'Die Verbindung kam nach {span} zurück.',
  'told.event.renewed': 'Die Sitzung wurde nach {span} ohne Unterbrechung erneuert.',
  'told.event.broke': 'Die Verbindung brach nach {span} ab: {cause}',
  'told.event.attempt': 'Verbindungsversuch {name} schlug fehl: {cause}',
  'told.event.resting': 'Die Verbindung wurde geschlossen, weil niemand sprach.',
  'told.event.closed': 'Die Verbindung wurde geschlossen.',
  'told.event.slow': 'Das Netz war zu langsam: {span} deiner Stimme warteten.',
  'told.event.caughtUp': 'Das Netz hat aufgeholt; von deiner Stimme ging nichts verloren.',
  'told.event.caughtUpLate': 'Das Netz hat aufgeholt; {span} deiner Stimme kamen nicht an.',
  'told.event.empty': 'Die Sitzung begann leer.',
  'told.event.restored': 'Das Gespräch wurde wiederhergestellt und geprüft: {amount} von {name} Einträgen.',
  'told.event.restoredRefused':
    'Das Gespräch wurde wiederhergestellt und geprüft: {amount} von {name} Einträgen ({words} abgelehnt).',
  'told.event.restoredOlder':
    'Das Gespräch wurde wiederhergestellt und geprüft: {amount} von {name} Einträgen ({state} ältere weggelassen).',
  'told.event.restoredBoth':
    'Das Gespräch wurde wiederhergestellt und geprüft: {amount} von {name} Einträgen ({words} abgelehnt, {state} ältere weggelassen).',
  'told.event.nothing': 'Damals wurde nichts aufgezeichnet: Parley hatte keine Verbindung offen.',
  'told.event.whole': 'Die Verbindung brach nicht ab.',
  'told.event.outage': 'Du warst {span} ohne Verbindung.',
  'told.event.outages': 'Du warst in {amount} Unterbrechungen {span} ohne Verbindung.',
  'told.event.tooSlow': 'Das Netz war zu langsam für deine Stimme.',
  'told.event.usual': 'Der Dienst antwortete meist innerhalb von {time} ms.',

  'told.trial.tones': 'Du solltest zwei Töne gehört haben.',
  'told.trial.ended': 'Der Mikrofontest ist beendet.',
  'told.trial.say': 'Sag etwas: Der Balken bewegt sich, wenn du gehört wirst.',
  'told.trial.builtIn': 'Die eingebaute Stimme braucht keinen Schlüssel und kein Netz.',
  'told.trial.answers': 'Der Dienst antwortet und nimmt den Schlüssel an.',
  'told.trial.ends': 'Der Dienst hat die Sitzung sofort beendet. Versuch es erneut.',
  'told.trial.keyRefused':
    'Der Dienst hat diesen Schlüssel abgelehnt. Sieh nach, ob er ganz kopiert wurde und noch gilt.',
  'told.trial.offline': 'Dieser Computer hat gerade kein Netz. Verbinde ihn und versuch es erneut.',
  'told.trial.tooOften':
    'Der Dienst wird zu oft gefragt, oder das Konto hat kein Guthaben mehr. Warte eine Minute oder sieh dort nach.',
  'told.trial.ownTrouble': 'Der Dienst hat selbst Schwierigkeiten. Versuch es in ein paar Minuten erneut.',
  'told.trial.silentHost': '„{place}“ hat nicht innerhalb von 10 Sekunden geantwortet. Prüfe die Adresse und das Netz.',
  'told.trial.noHost': 'Es gibt keinen Server namens „{place}“. Sieh nach, ob die Adresse einen Tippfehler hat.',
  'told.trial.nobody': 'Unter „{place}“ antwortet nichts. Läuft der Server, und stimmt der Port?',
  'told.trial.unproven':
    '„{place}“ kann nicht beweisen, dass es der gemeinte Server ist; darum bekam er den Schlüssel nicht. Prüfe die Adresse.',
  'told.trial.noWay': 'Es gibt gerade keinen Weg zu „{place}“. Prüfe das Netz und versuch es erneut.',
  'told.trial.hungUp':
    '„{place}“ hat aufgelegt, bevor es antwortete. Prüfe die Adresse oder versuch es in ein paar Minuten erneut.',
  'told.reading.late': 'Die Stimme hat nicht rechtzeitig begonnen. Versuch es erneut.',
  'told.reading.nothing': 'Die Stimme hatte dazu nichts zu sagen.',
  'told.reading.failed': 'Die Stimme konnte das nicht vorlesen. Versuch es erneut.',
  'told.reading.unreachable': 'Die Stimme ist nicht erreichbar: {cause}',
  'told.reading.busy': 'Du wirst gerade gehört. Versuch es in der Pause noch einmal.',
  'told.reading.empty': 'Hier gibt es nichts vorzulesen.',

  'told.sound.none':
    '{part, select, microphone {An diesem Computer gibt es kein Mikrofon. Schließ eines an} other {An diesem Computer gibt es keinen Lautsprecher. Schließ einen an}} und versuch es erneut.',
  'told.sound.refused':
    '{part, select, microphone {Das Mikrofon} other {Der Lautsprecher}} „{name}“ lässt sich nicht öffnen ({words}). Schließ andere Programme, die es benutzen, oder wähle in den Einstellungen ein anderes Gerät.',
  'told.sound.elsewhere':
    '{part, select, microphone {Das Mikrofon} other {Der Lautsprecher}} „{name}“ ist nicht da; stattdessen wird „{words}“ benutzt.',
  'told.sound.cannot': 'Das Tongerät lässt sich nicht öffnen.',
  'told.sound.silence':
    'Das Mikrofon liefert nur Stille. Prüfe, ob es stummgeschaltet ist und ob Parley es laut Systemeinstellungen benutzen darf.',
  'told.echo.noLibrary':
    'Die Echounterdrückung lädt auf diesem Computer nicht. Während die Stimme spricht, ist das Mikrofon zu, außer Sie sprechen lauter; mit Kopfhörern ist das nicht nötig.',
  'told.echo.leaks':
    'Das Mikrofon hört die Stimme zu gut; deshalb ist es zu, während sie spricht, außer Sie sprechen lauter. Stellen Sie den Lautsprecher leiser, das Mikrofon weiter weg, oder nehmen Sie Kopfhörer.',
  'told.sound.denied':
    'Das System lässt Parley nicht an das Mikrofon. Erlauben Sie es in den Datenschutzeinstellungen des Systems und versuchen Sie es noch einmal.',
  'told.sound.muted':
    'Das Mikrofon ist im System stumm. Schalten Sie es in den Klangeinstellungen des Systems oder an seinem Schalter ein.',
  'told.sound.speakerMuted':
    'Der Lautsprecher ist im System stummgeschaltet: Die Stimme spricht und ist nicht zu hören. Schalten Sie ihn in den Toneinstellungen des Systems oder an seinem Schalter ein.',
  'told.sound.zeros':
    'Das Mikrofon ist an, gibt aber nur Stille. Prüfen Sie sein Kabel und seinen Schalter, oder wählen Sie in den Einstellungen ein anderes.',
  'told.sound.quiet':
    'Sie sind schwer zu hören. Gehen Sie näher an das Mikrofon, oder stellen Sie es in den Klangeinstellungen des Systems lauter.',
  'told.sound.clips':
    'Das Mikrofon ist zu laut und verzerrt. Stellen Sie es in den Klangeinstellungen des Systems leiser, oder gehen Sie weiter weg.',
  'told.sound.noDetector':
    'Für dieses Mikrofon gibt es keine Spracherkennung vor Ort, darum sendet „Freihändig“ alles, was es hört. Mit „Halten zum Sprechen“ geht nur hinaus, was hinaus soll.',
  'told.sound.noNameDetector':
    'Für dieses Mikrofon gibt es keinen Stimmerkenner, also kann Parley nicht beim Namen gerufen werden. Nimm „Halten zum Sprechen“ oder „Freihändig“.',
  'told.sound.noNameHearing':
    'Was Parleys Namen erkennt, konnte nicht gestartet werden, also bewirkt Rufen nichts. Starte Parley neu; bis dahin nimm „Halten zum Sprechen“.',
  'told.sound.tooMuch':
    'Über zehn Minuten Sprache warten auf Wiedergabe; was darüber hinausgeht, wird nicht gesprochen.',
  'told.sound.library':
    'Die Tonbibliothek lässt sich auf diesem Computer nicht laden. Führe „npm rebuild naudiodon“ aus, oder nimm eine Datei oder Text.',
  'told.sound.restarts': 'Der Ton ist ausgefallen ({words}) und wird neu gestartet.',
  'told.sound.keepsFailing':
    'Der Ton fällt auf diesem Computer immer wieder aus. Starte Parley neu, oder schreib weiter.',
  'told.sound.tryingAgain':
    '{part, select, microphone {Das Mikrofon} other {Der Lautsprecher}} öffnet sich nicht; es wird weiter versucht.',
  'told.sound.stopped':
    '{part, select, microphone {Das Mikrofon} other {Der Lautsprecher}} ist ausgefallen und wird neu gestartet.',

  'told.turn.notUnderstood': 'Die Worte waren nicht zu verstehen.',
  'told.turn.refused': 'Der Dienst wollte nicht antworten. Sag es noch einmal, oder schreib es.',
  'told.turn.unanswered': 'Der Dienst konnte darauf nicht antworten. Sag es noch einmal, oder schreib es.',
  'told.turn.unwilling': 'Der Dienst wollte das nicht beantworten. Sag es anders.',
  'told.turn.busy': 'Der Dienst ist für dieses Konto gerade überlastet. Warte ein wenig und sag es noch einmal.',
  'told.turn.brokeOff': 'Der Dienst hat seine Antwort abgebrochen. Frag noch einmal, um sie ganz zu bekommen.',
  'told.turn.stopped': 'Der Dienst hat mitten in der Antwort aufgehört. Bitte ihn weiterzumachen.',
  'told.turn.written': 'Die Antwort kam nur schriftlich. Lies sie hier, oder frag noch einmal, um sie zu hören.',
  'told.turn.limit': 'Die Antwort erreichte die Grenze des Dienstes und wurde gekürzt. Bitte ihn weiterzumachen.',
  'told.turn.lineBroke': 'Die Verbindung brach ab, bevor die Worte verstanden waren.',
  'told.turn.ended': 'Parley wurde beendet, bevor das beantwortet war.',
  'told.turn.nothing': 'Der Dienst hat nichts geantwortet. Frag noch einmal, oder sag es anders.',
  'told.turn.again': 'Die Antwort brach ab, bevor du sie gehört hast; sie wird noch einmal angefordert.',
  'told.turn.twice': 'Die Antwort brach wieder ab. Frag noch einmal, oder sag es anders.',
  'told.turn.lost': 'Die Verbindung brach ab, bevor deine Worte verstanden waren. Sag es bitte noch einmal.',
  'told.turn.wordsRefused': 'Der Dienst hat diese Worte nicht angenommen. Sag es anders.',
  'told.turn.soundRefused': 'Der Dienst hat nicht angenommen, was du gesagt hast. Frag noch einmal, oder schreib es.',
  'told.turn.damaged': 'Ein Stück vom Ton der Antwort kam beschädigt an und wurde weggelassen.',
  'told.turn.unmeasured': 'Der Lautsprecher hat nicht gemeldet, wie viel von der Antwort du gehört hast.',
  'told.turn.slow':
    'Das Netz ist gerade zu langsam für deine Stimme. Was du sagst, wird zehn Sekunden aufgehoben; prüfe die Verbindung.',
  'told.turn.settings': 'Der Dienst hat die geänderten Einstellungen nicht angenommen.',
  'told.cause.tooSlow': 'Die Verbindung ist zu langsam für das ganze Gespräch.',
  'told.cause.holdsElse': 'Die Sitzung enthält etwas anderes, als wiederhergestellt wurde ({words}).',
  'told.cause.others': 'Der Dienst hat andere angenommen und zu diesem nichts gesagt.',
  'told.cause.noAnswer': 'Der Dienst hat auf das, was er bekam, nicht geantwortet.',
  'told.cause.wentOn': 'Das Gespräch ging weiter, während es übergeben wurde.',
  'told.cause.serviceClosed': 'Der Dienst hat die Sitzung geschlossen.',
  'told.sound.openAlready': '{part, select, microphone {Das Mikrofon} other {Der Lautsprecher}} ist schon offen.',
  'told.sound.closed':
    '{part, select, microphone {Das Mikrofon} other {Der Lautsprecher}} wurde geschlossen, bevor es offen war.',
}
