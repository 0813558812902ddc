// Pictures: showing them, looking at them, taking them.

export const pictures = {
  'picture.add': 'Add a picture',
  'picture.choose': 'Choose a picture…',
  'picture.capture': 'Take a picture of a window or the screen…',
  'picture.waiting': 'Pictures that go with the next words',
  'picture.leaveOut': 'Leave out {name}',
  'picture.open': 'Look at {name}',
  'picture.deleted': 'A picture was deleted: {name}',
  'picture.delete': 'Delete for good',
  'picture.close': 'Close the picture',
  'picture.none': '“{name}” is no picture that can be sent: only PNG, JPEG, WebP and GIF.',
  'picture.most': '{count, plural, one {At most one picture goes} other {At most # pictures go}} at a time.',
  'picture.drop': 'Drop pictures here',
  'picture.of': 'What shall the picture show?',
  'picture.screens': 'Screens',
  'picture.windows': 'Windows',
  'picture.cancel': 'Cancel',
  'picture.notTaken': 'No picture was taken.',
  'picture.noScreens': 'There is nothing here of which a picture can be taken.',
  'picture.ofScreen': 'screen.png',
  'picture.forTask': 'Show it a picture',

  'told.picture.untaken': 'This server takes no pictures. Your words are kept; say them without the picture.',
  'told.picture.refused':
    'The service did not take the picture. Your words are kept; say them without it, or with another.',
  'told.picture.none': '“{name}” is no picture that can be sent: only PNG, JPEG, WebP and GIF.',
  'told.picture.large': '“{name}” is too large: at most {most} MB and {side} points a side.',
  'told.picture.together': 'These pictures are too large together. Send fewer at a time.',
  'told.picture.full': 'This conversation holds as many pictures as it can. Delete some, or begin a new one.',
  'told.picture.gone': 'This picture is not there any more.',
  'told.picture.taskOver': 'This task has come to its end and takes nothing more.',
  'told.picture.noScreen': 'The screen can’t be seen.',
  'told.picture.noRight':
    'The system does not let Parley see the screen. Allow it in the system’s settings, under Screen Recording.',
  'told.picture.these': 'These pictures.',
  'told.picture.unsaved': 'The picture could not be saved ({cause}).',
} as const
