// What a process that Parley starts gets of Parley's own environment: the names of a list and nothing else, so that no key
// is handed on by accident. Pure.

/** What programs need to find one another, their files and the person's language. */
const always = [
  'PATH',
  'HOME',
  'SHELL',
  'USER',
  'LOGNAME',
  'LANG',
  'LANGUAGE',
  'LC_ALL',
  'LC_CTYPE',
  'LC_TIME',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'SystemDrive',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PATHEXT',
  'COMSPEC',
]

/** The person's session, for what shows a window, makes sound or listens to keys. */
const desktop = [
  'DISPLAY',
  'XAUTHORITY',
  'WAYLAND_DISPLAY',
  'DBUS_SESSION_BUS_ADDRESS',
  'DESKTOP_SESSION',
  'XDG_RUNTIME_DIR',
  'XDG_SESSION_TYPE',
  'XDG_CURRENT_DESKTOP',
  'XDG_CONFIG_HOME',
  'XDG_CONFIG_DIRS',
  'XDG_DATA_HOME',
  'XDG_DATA_DIRS',
  'XDG_CACHE_HOME',
  'BROWSER',
  'XMODIFIERS',
  'GTK_IM_MODULE',
  'QT_IM_MODULE',
  'QT_QPA_PLATFORM',
  'GDK_BACKEND',
]

/** Where sound goes. */
const sound = [
  ...desktop,
  'PULSE_SERVER',
  'PULSE_SINK',
  'PULSE_SOURCE',
  'PULSE_COOKIE',
  'PULSE_RUNTIME_PATH',
  'PIPEWIRE_REMOTE',
  'PIPEWIRE_RUNTIME_DIR',
  'ALSA_CONFIG_PATH',
  'ALSA_CONFIG_DIR',
  'LD_LIBRARY_PATH',
]

/** `nothing`: what works for strangers needs to know of nobody. */
const lists: Record<'nothing' | 'program' | 'desktop' | 'sound', readonly string[]> = {
  nothing: [],
  program: always,
  desktop: [...always, ...desktop],
  sound: [...always, ...sound],
}

export type ChildKind = keyof typeof lists

/** @param besides what this one is told in particular */
export function childEnvironment(
  env: NodeJS.ProcessEnv,
  kind: ChildKind = 'program',
  besides: Readonly<Record<string, string>> = {},
): Record<string, string> {
  // Windows writes them as it likes; a copy of its environment is exact.
  const upper = new Map(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]))
  const passed = lists[kind].flatMap((name) => {
    const value = env[name] ?? upper.get(name.toUpperCase())
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(passed), ...besides }
}
