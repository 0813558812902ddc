// How keys can be heard outside the window on this system, the best way first. Pure.

export type TalkKeyRoute =
  /** Key down and key up, through a listener of our own. */
  | { type: 'listener' }
  /** Key down and key up, through the desktop's own shortcuts. */
  | { type: 'portal' }
  /** Only that it was pressed, through the system's shortcuts. */
  | { type: 'shortcut'; why: string }
  | { type: 'none'; why: string }

export interface KeySituation {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  /** macOS: the person allowed it under Accessibility. Asked without a prompt. */
  isAllowed: boolean
}

export function routeFor({ platform, env, isAllowed }: KeySituation): TalkKeyRoute {
  switch (platform) {
    case 'linux':
      // Wayland lets no program listen to another one's keys.
      if (env['XDG_SESSION_TYPE'] === 'wayland' || env['WAYLAND_DISPLAY']) return { type: 'portal' }
      // The listener aborts without a display.
      if (!env['DISPLAY']) return { type: 'none', why: 'Without a display no key can be heard outside the window.' }
      return { type: 'listener' }
    case 'darwin':
      return isAllowed
        ? { type: 'listener' }
        : {
            type: 'shortcut',
            why: 'To hold the keys, allow Parley in System Settings, Privacy & Security, Accessibility. Until then press once to talk and once more to end.',
          }
    default:
      return { type: 'listener' }
  }
}
