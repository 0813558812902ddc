// What main says of the line, the sound and the turns, word for word as it says it (core/language/told.ts finds it by that).

export const toldLine = {
  'told.keyRefused': 'The service refused the key. Check the key and try again.',
  'told.noCredit': 'The account has no credit left. Add credit with the provider, or use the built-in voice.',
  'told.wantsModel': 'The service wants a model. Choose one in the settings.',
  'told.unknownModel': 'The service does not know this model for voice. Choose another.',
  'told.oldProtocol': 'The service no longer speaks this version of the protocol. Update Parley.',
  'told.sessionRefused': 'The service refused the session. Check the model and the settings.',
  'told.policy': 'The service closed the session for a breach of its policy.',
  'told.policySays': 'The service closed the session and says: {words}',
  'told.noService': 'There is no Realtime service at this address. Check the address.',
  'told.noVoice': 'This address does not take voice connections. Check the address and the model.',
  'told.redirects': 'The server redirects elsewhere. Enter its final address.',
  'told.noKey': 'There is no OpenAI key yet. Add one in the settings, or use the built-in voice.',
  'told.noAddress': '“{words}” is no address. Enter one like wss://host/v1.',
  'told.inTheClear':
    '“{words}” would send your voice and key in the clear. Use wss://, or ws:// for a server on this machine.',
  'told.slowStart': 'The built-in voice did not start in time.',
  'told.engineStopped': 'The built-in voice stopped by itself.',
  'told.engine.models':
    'The built-in voice can’t start: its speech models are not there or are damaged. Install Parley again; of a checkout, run “node scripts/models.mjs”. Meanwhile you can choose another voice service in the settings.',
  'told.engine.full':
    'The built-in voice can’t start: the disk is full. Free some space and try again. Meanwhile you can choose another voice service in the settings.',
  'told.engine.denied':
    'The built-in voice can’t start: it may not write to Parley’s data folder. Make it yours again and try again. Meanwhile you can choose another voice service in the settings.',
  'told.engine.fails':
    'The built-in voice can’t start. Try again; if it stays so, install Parley again. Meanwhile you can choose another voice service in the settings.',
  'told.engine.exits':
    'The built-in voice ended by itself each time it was started, as it does where there is too little memory. Close other programs and try again. Meanwhile you can choose another voice service in the settings.',
  'told.engine.late':
    'The built-in voice was not ready in time, as happens on a busy computer. Close other programs and try again. Meanwhile you can choose another voice service in the settings.',
  'told.engine.meanwhile': 'Meanwhile you can choose another voice service in the settings.',

  'told.cause.answered': 'The server answered {state}.',
  'told.cause.closed': 'The line closed ({state}).',
  'told.cause.expired': 'The session expired.',
  'told.cause.notReady': 'The session was not ready in time.',
  'told.cause.dead': 'The line went dead.',
  'told.cause.noName': 'the server’s name was not found, as without a network.',
  'told.cause.nobody': 'nothing answered at the server’s address.',
  'told.cause.reset': 'the connection was reset.',
  'told.cause.silent': 'the server did not answer.',
  'told.cause.noWay': 'there was no way to the network.',
  'told.cause.brokeOff': 'the connection broke off without a word.',
  'told.cause.lineClosed': 'the server closed the line.',
  'told.cause.unproven': 'the server could not prove that it is the one that is meant.',
  'told.cause.untrusted':
    'this computer does not trust the certificate that came, as behind a company’s proxy that opens connections. Get the company’s certificate and add it to the system’s store, or name its file in NODE_EXTRA_CA_CERTS.',
  'told.cause.outOfDate': 'the server’s certificate is out of date. Check this computer’s clock, then the server.',
  'told.cause.otherServer':
    'the certificate that came is for another server. Check the address, and whether a network wants you to sign in first.',
  'told.cause.tooOften': 'the server is asked too often.',
  'told.cause.ownTrouble': 'the server has trouble of its own.',

  'told.event.started': 'Parley {version} started.',
  'told.event.opened': 'The line opened.',
  'told.event.back': 'The line came back after {span}.',
  'told.event.renewed': 'The session was renewed without a break after {span}.',
  'told.event.broke': 'The line broke after {span}: {cause}',
  'told.event.attempt': 'Attempt {name} to connect failed: {cause}',
  'told.event.resting': 'The line was closed because nobody talked.',
  'told.event.closed': 'The line was closed.',
  'told.event.slow': 'The network was too slow: {span} of your voice waited.',
  'told.event.caughtUp': 'The network caught up; nothing of your voice was lost.',
  'told.event.caughtUpLate': 'The network caught up; {span} of your voice did not arrive.',
  'told.event.empty': 'The session began empty.',
  'told.event.restored': 'The conversation was restored and verified: {amount} of {name} items.',
  'told.event.restoredRefused':
    'The conversation was restored and verified: {amount} of {name} items ({words} refused).',
  'told.event.restoredOlder':
    'The conversation was restored and verified: {amount} of {name} items ({state} older ones left out).',
  'told.event.restoredBoth':
    'The conversation was restored and verified: {amount} of {name} items ({words} refused, {state} older ones left out).',
  'told.event.nothing': 'Nothing was recorded then: Parley had no line open.',
  'told.event.whole': 'The line did not break.',
  'told.event.outage': 'You were without a line for {span}.',
  'told.event.outages': 'You were without a line for {span} in {amount} breaks.',
  'told.event.tooSlow': 'The network was too slow for your voice.',
  'told.event.usual': 'The service usually answered within {time} ms.',

  'told.trial.tones': 'You should have heard two notes.',
  'told.trial.ended': 'The microphone test has ended.',
  'told.trial.say': 'Say something: the bar moves when you are heard.',
  'told.trial.builtIn': 'The built-in voice needs no key and no network.',
  'told.trial.answers': 'The service answers and takes the key.',
  'told.trial.ends': 'The service ended the session at once. Try again.',
  'told.trial.keyRefused':
    'The service refused this key. Look whether it was copied whole, and whether it still holds.',
  'told.trial.offline': 'This computer has no network now. Connect it and try again.',
  'told.trial.tooOften':
    'The service is asked too often, or the account has no credit left. Wait a minute, or look there.',
  'told.trial.ownTrouble': 'The service has trouble of its own. Try again in a few minutes.',
  'told.trial.silentHost': '“{place}” did not answer within 10 seconds. Check the address and the network.',
  'told.trial.noHost': 'There is no server named “{place}”. Check the address for a slip.',
  'told.trial.nobody': 'Nothing answers at “{place}”. Does the server run, and is the port right?',
  'told.trial.unproven':
    '“{place}” can’t prove that it is the server you mean, so the key was not given to it. Check the address.',
  'told.trial.noWay': 'There is no way to “{place}” now. Check the network and try again.',
  'told.trial.hungUp': '“{place}” hung up before it answered. Check the address, or try again in a few minutes.',
  'told.reading.late': 'The voice did not begin in time. Try again.',
  'told.reading.nothing': 'The voice had nothing to say to this.',
  'told.reading.failed': 'The voice could not read this. Try again.',
  'told.reading.unreachable': 'The voice can’t be reached: {cause}',
  'told.reading.busy': 'You are being heard. Try again in the pause.',
  'told.reading.empty': 'There are no words to read here.',

  'told.sound.none': 'There is no {part} on this computer. Connect one and try again.',
  'told.sound.refused':
    "The {part} “{name}” can't be opened ({words}). Close other programs that use it, or choose another one in the settings.",
  'told.sound.elsewhere': 'The {part} “{name}” is not there; using “{words}” instead.',
  'told.sound.cannot': 'The sound device can’t be opened.',
  'told.sound.silence':
    'The microphone gives only silence. Check that it is not muted and that Parley may use it in the system’s settings.',
  'told.echo.noLibrary':
    'Echo cancellation does not load on this computer. While the voice speaks, the microphone is closed unless you speak up; headphones avoid that.',
  'told.echo.leaks':
    'The microphone hears the voice too well, so it is closed while the voice speaks unless you speak up. Turn the speaker down, move the microphone away from it, or use headphones.',
  'told.sound.denied':
    'The system does not let Parley use the microphone. Allow it in the system’s privacy settings, then try again.',
  'told.sound.muted':
    'The microphone is muted in the system. Turn it on in the system’s sound settings or by its own switch.',
  'told.sound.speakerMuted':
    'The speaker is muted in the system: the voice speaks and is not heard. Turn it on in the system’s sound settings or by its own switch.',
  'told.sound.zeros':
    'The microphone is on, but gives only silence. Check its cable and its own switch, or choose another one in the settings.',
  'told.sound.quiet':
    'You are hard to hear. Come closer to the microphone, or raise its level in the system’s sound settings.',
  'told.sound.clips':
    'The microphone is too loud and distorts. Lower its level in the system’s sound settings, or move away from it.',
  'told.sound.noDetector':
    'There is no voice detector for this microphone, so that hands-free sends all that it hears. Use “Hold to talk” to send only what you mean to.',
  'told.sound.noNameDetector':
    'There is no voice detector for this microphone, so that Parley can’t be called by its name. Use “Hold to talk” or “Hands-free”.',
  'told.sound.noNameHearing':
    'What knows Parley’s name could not be started, so that calling does nothing. Restart Parley; until then use “Hold to talk”.',
  'told.sound.tooMuch': 'More than ten minutes of speech are waiting to be played; what comes beyond is not spoken.',
  'told.sound.library':
    'The sound library does not load on this computer. Run “npm rebuild naudiodon”, or use a file or text instead.',
  'told.sound.restarts': 'The sound stopped ({words}) and is started again.',
  'told.sound.keepsFailing': 'The sound keeps failing on this computer. Restart Parley, or go on by typing.',
  'told.sound.tryingAgain': 'The {part} does not open; trying again.',
  'told.sound.stopped': 'The {part} stopped working and is started again.',

  'told.turn.notUnderstood': 'The words could not be understood.',
  'told.turn.refused': 'The service refused to answer. Say it again, or type it.',
  'told.turn.unanswered': 'The service could not answer this turn. Say it again, or type it.',
  'told.turn.unwilling': 'The service would not answer this. Say it differently.',
  'told.turn.busy': 'The service is too busy for this account at the moment. Wait a little and say it again.',
  'told.turn.brokeOff': 'The service broke off its answer. Ask again to have it whole.',
  'told.turn.stopped': 'The service stopped in the middle of its answer. Ask it to go on.',
  'told.turn.written': 'The answer came in writing only. Read it here, or ask again to hear it.',
  'told.turn.limit': 'The answer reached the service’s limit and was cut short. Ask it to go on.',
  'told.turn.lineBroke': 'The line broke before the words were understood.',
  'told.turn.ended': 'Parley ended before this was answered.',
  'told.turn.nothing': 'The service answered nothing. Ask again, or say it differently.',
  'told.turn.again': 'The answer broke off before you heard it; it is asked for again.',
  'told.turn.twice': 'The answer broke off again. Ask once more, or say it differently.',
  'told.turn.lost': 'The line broke before your words were understood. Say it again, please.',
  'told.turn.wordsRefused': 'The service did not take these words. Say it differently.',
  'told.turn.soundRefused': 'The service did not take what you said. Ask again, or type it.',
  'told.turn.damaged': 'A piece of the answer’s sound arrived damaged and was left out.',
  'told.turn.unmeasured': 'The speaker did not say how much of the answer you heard.',
  'told.turn.slow':
    'The network is too slow for your voice right now. What you say is kept for ten seconds; check the connection.',
  'told.turn.settings': 'The service did not take the change of settings.',
  'told.cause.tooSlow': 'The line is too slow for the whole conversation.',
  'told.cause.holdsElse': 'The session holds something else than was restored ({words}).',
  'told.cause.others': 'The service took others and said nothing of this one.',
  'told.cause.noAnswer': 'The service did not answer to what it was given.',
  'told.cause.wentOn': 'The conversation went on while it was being handed over.',
  'told.cause.serviceClosed': 'The service closed the session.',
  'told.sound.openAlready': 'The {part} is open already.',
  'told.sound.closed': 'The {part} was closed before it was open.',
} as const
