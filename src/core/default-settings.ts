// What is set before a person sets anything. Apart from the limits (settings.ts), so that a window needs no schema.

export const defaultSettings = {
  endpoint: { kind: 'embedded', model: 'gpt-realtime' },
  voice: '',
  speed: 1,
  language: 'en',
  instructions: '',
  turnMode: 'semantic',
  eagerness: 'auto',
  inputDevice: null,
  outputDevice: null,
  talkKey: 'Ctrl+Alt+Space',
  startAtLogin: false,
  theme: 'system',
  isSetUp: false,
  knowsTray: false,
} as const
