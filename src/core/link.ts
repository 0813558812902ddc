// Which address may be handed to the system's browser. The one that opens is written anew from what was understood, never
// the text that was given.

export interface Link {
  /** What the person is asked about. */
  host: string
  href: string
}

/** @returns null for anything but a plain https address */
export function readLink(text: string): Link | null {
  if (text.length > 2_048) return null
  try {
    const { protocol, host, username, password, href } = new URL(text)
    return protocol === 'https:' && host !== '' && username === '' && password === '' ? { host, href } : null
  } catch {
    return null
  }
}
