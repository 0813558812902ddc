// Which Parley `npm start` opens, as a pure function over what was seen: the desktop app, or the same window in a browser.

/**
 * @param {{ args: readonly string[], platform: string, env: Record<string, string | undefined>, isRoot: boolean,
 *   electron: () => string | null }} seen `electron` looks for its program and fetches it if need be; asked only when wanted
 * @returns {{ type: 'electron', program: string, args: string[], say: string | null }
 *   | { type: 'browser', args: string[], say: string | null }}
 */
export function chooseStart({ args, platform, env, isRoot, electron }) {
  const browser = (/** @type {string | null} */ say) => ({
    type: /** @type {const} */ ('browser'),
    args: [...args],
    say,
  })
  if (args.includes('--headless')) return browser(null)
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return browser('There is no display, so Parley opens for a browser.')
  const program = electron()
  if (program === null)
    return browser(
      'Electron can’t be fetched here, so Parley opens in the browser. It is tried again in a day, or now with “npm rebuild electron”.',
    )
  // Chromium's sandbox does not work for root.
  const flags = platform === 'linux' && isRoot ? ['--no-sandbox'] : []
  return { type: 'electron', program, args: [...flags, ...args], say: null }
}
