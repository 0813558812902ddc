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
} as const
