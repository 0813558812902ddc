// What is said about what is kept: how long, whether it is in order, as one file, and what ended Parley.

export const data = {
  'settings.data': 'What is kept',
  'settings.data.also':
    'retention delete days history export import backup check repair mend crash report files privacy',
  'data.keeps': 'Keep conversations',
  'data.keeps.ever': 'for ever',
  'data.keeps.days': 'for some days',
  'data.keeps.session': 'until Parley ends',
  'data.keeps.everHint': 'Until you delete them.',
  'data.keeps.daysHint': 'What was not used for so long is deleted for good, a day after it was first seen to be over.',
  'data.keeps.sessionHint':
    'When Parley ends, every conversation is deleted for good, also older ones. There is no way back.',
  'data.days': 'Days after the last use',
  'data.check': 'Look whether everything is in order',
  'data.mend': 'Mend what can be mended',
  'data.checkAndMend': 'Check and mend',
  'data.checked':
    '{count, plural, =0 {Everything is in order: {total} files and conversations were looked at.} one {One thing was found in {total} files and conversations.} other {# things were found in {total} files and conversations.}}',
  'data.state.left': 'It can be mended.',
  'data.state.mended': 'Mended.',
  'data.state.beyond': 'It can’t be mended; its bytes stay where they are.',
  'data.keptAs': 'As it was: {name}.',
  'data.exportAll': 'Export everything',
  'data.exportInto': 'Export everything into the folder',
  'data.exportHint': 'Conversations, settings, reminders and notes in one file. Keys are not in it.',
  'data.exported': 'Everything is in {name}.',
  'data.importFrom': 'Import the file',
  'data.importHint': 'Conversations that are here already stay as they are.',
  'data.import': 'Import',
  'data.ended': 'Parley ended by an error last time. What had been said is here.',
  'data.lookAtReport': 'Look at the report',
  'data.reports': 'Errors that ended Parley',
  'data.reportsHint': 'These reports stay on this computer and hold nothing of what was said.',
} as const
