// What the desktop shows of Parley outside its window: the tray, notifications, questions of the system's own.

export const shell = {
  'tray.tip.idle': 'Parley: ready',
  'tray.tip.listening': 'Parley: listening',
  'tray.tip.thinking': 'Parley: thinking',
  'tray.tip.speaking': 'Parley: speaking',
  'tray.tip.muted': 'Parley: microphone muted',
  'tray.tip.offline': 'Parley: not connected',
  'tray.talk': 'Talk',
  'tray.stopTalking': 'Stop talking',
  'tray.silence': 'Silence the voice',
  'tray.mute': 'Mute the microphone',
  'tray.conversation': 'Conversation',
  'tray.new': 'New',
  'tray.show': 'Show Parley',
  'tray.quit': 'Quit',
  'shell.stillHere': 'Parley is still here',
  'shell.stillHereBody': 'It goes on in the tray. Quit it from the tray’s menu.',
  'shell.cannotStart': 'Parley can’t start',
  'shell.openLink': 'Open {place} in your browser?',
  'shell.cancel': 'Cancel',
  'shell.open': 'Open',
} as const
