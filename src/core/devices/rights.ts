// What a paired device may do, in the words in which a person gives it. Which request of the contract wants which right stands
// beside the request (ipc.ts); what of the notices goes to whom is shown.ts.

/** `read` goes without saying: a device that may not read is none. */
export const rights = ['read', 'type', 'approve', 'talk', 'manage'] as const

export type Right = (typeof rights)[number]

/** `here`: only at the computer that runs Parley. */
export type Needed = Right | 'here'

/** Null: the window of this computer, which may do everything. */
export type Rights = readonly Right[] | null

export function may(given: Rights, needed: Needed): boolean {
  return given === null || (needed !== 'here' && given.includes(needed))
}

/** What a device is offered first: to look, to type and to stop. */
export const usualRights: readonly Right[] = ['read', 'type']

/** In their own order, each once, with the one that goes without saying. */
export function rightsOf(chosen: readonly Right[]): readonly Right[] {
  return rights.filter((right) => right === 'read' || chosen.includes(right))
}

/**
 * Settings that a device with the right to manage may change: how the voice is and how things look. What reaches into this
 * computer or says where its keys, its words and its money go is set on this computer alone.
 */
export const managedSettings = [
  'voice',
  'speed',
  'languages',
  'keywords',
  'noiseReduction',
  'voiceEffort',
  'agentEffort',
  'instructions',
  'turnMode',
  'eagerness',
  'results',
  'theme',
  'windowLanguage',
  'textSize',
  'compact',
  'checksSpelling',
  'announcesWords',
] as const

export function isManaged(name: string): boolean {
  return (managedSettings as readonly string[]).includes(name)
}
