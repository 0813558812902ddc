// Everything that can be done from the palette, by name, as it is now; and how typed words find it. Pure but for what a command
// does when it is chosen.
import type { Needed } from '../core/devices/rights.ts'
import type { Key } from '../core/language/messages.ts'
import { removeConversation, saveFile, type App } from './actions.ts'
import { keysInWords } from './key-names.ts'
import { settingsSections } from './panels/settings-sections.ts'
import { languageOf, mayDo, type Known } from './store.ts'
import { findConversations, focusOn, openOver, openPanel } from './view.ts'
import { canTakeBack, waitingWords, type WaitingWords } from './waiting-words.ts'

export interface Command {
  id: string
  name: string
  /** Other words that find it. */
  also: string
  /** As a person presses them; empty for none. */
  keys: string
  act: () => void
}

/** As the catalogues know them, each with other words that find it under `also`. */
type CommandName = Extract<Key, `command.${string}.also`> extends `command.${infer Name}.also` ? Name : never

export const textSizes = [87.5, 100, 112.5, 125, 150, 200] as const

/** Of a device, those that it may. */
export function commandsOf(app: App, known: Known): readonly Command[] {
  return allCommands(app, known).filter(({ id }) => mayDo(known, neededFor(id)))
}

function neededFor(id: string): Needed {
  switch (id) {
    case 'begin':
    case 'type':
    case 'hush':
    case 'take-back':
    case 'again':
      return 'type'
    case 'mute':
    case 'mode':
    case 'by-name':
      return 'talk'
    case 'tools':
      return 'here'
    case 'settings':
    case 'larger':
    case 'smaller':
    case 'compact':
    case 'remove':
      return 'manage'
    default:
      return /^(theme|section)-/.test(id) ? 'manage' : 'read'
  }
}

function allCommands(app: App, known: Known): readonly Command[] {
  const { state, settings, conversation, shell } = known
  const set = (some: Parameters<typeof app.ask<'settings'>>[1]): void => void app.ask('settings', some)
  const { say } = languageOf(known)
  const command = (id: string, name: CommandName, act: () => void, keys = ''): Command => ({
    id,
    name: say(`command.${name}`),
    also: say(`command.${name}.also`),
    keys: keysInWords(keys, say).join('+'),
    act,
  })
  async function save(format: 'markdown' | 'json'): Promise<void> {
    const file = await app.ask('export', { id: conversation.id, format })
    if (file.ok) saveFile(app, file.value)
  }
  const size = textSizes.findIndex((one) => one >= settings.textSize)
  const larger = textSizes[size + 1]
  const smaller = textSizes[size - 1]
  const waiting = waitingWords(known)
  return [
    command('begin', 'begin', () => void app.ask('begin', null)),
    command('find', 'find', () => findConversations(app), 'Ctrl+Shift+F'),
    command('type', 'type', () => focusOn('#typed')),
    state.muted
      ? command('mute', 'unmute', () => void app.ask('mute', { muted: false }))
      : command('mute', 'mute', () => void app.ask('mute', { muted: true })),
    command('hush', 'hush', () => void app.ask('hush', null), 'Esc'),
    state.mode === 'hold'
      ? command('mode', 'handsFree', () => void app.ask('mode', { mode: 'hands-free' }))
      : command('mode', 'hold', () => void app.ask('mode', { mode: 'hold' })),
    ...(state.mode === 'by-name'
      ? []
      : [command('by-name', 'byName', () => void app.ask('mode', { mode: 'by-name' }))]),
    ...(canTakeBack(known) ? [command('take-back', 'takeBack', () => void app.ask('take-back', null))] : []),
    ...(waiting ? [command('again', 'again', () => sayAgain(app, waiting), 'Ctrl+Enter')] : []),
    command('health', 'health', () => openPanel(app, 'health')),
    command('holds', 'holds', () => openPanel(app, 'holds')),
    command('settings', 'settings', () => openPanel(app, 'settings'), 'Ctrl+,'),
    command('tools', 'tools', () => openPanel(app, 'tools')),
    ...(conversation.turns.length === 0
      ? []
      : [
          command('markdown', 'markdown', () => void save('markdown')),
          command('json', 'json', () => void save('json')),
          command('remove', 'remove', () => void removeConversation(app, conversation)),
        ]),
    ...(['light', 'dark', 'system'] as const)
      .filter((theme) => theme !== settings.theme)
      .map((theme) => command(`theme-${theme}`, theme, () => set({ theme }))),
    ...(larger === undefined ? [] : [command('larger', 'larger', () => set({ textSize: larger }))]),
    ...(smaller === undefined ? [] : [command('smaller', 'smaller', () => set({ textSize: smaller }))]),
    command('compact', settings.compact ? 'roomy' : 'compact', () => set({ compact: !settings.compact })),
    command('shortcuts', 'shortcuts', () => openOver(app, 'shortcuts'), '?'),
    ...settingsSections(known.device === null ? shell : 'device', say).map(({ id, title, also }): Command => ({
      id: `section-${id}`,
      name: say('command.section', { name: title }),
      also,
      keys: '',
      act: () => openPanel(app, 'settings', id),
    })),
  ]
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Those that hold every typed word, in any order; where a name begins with one, first. */
export function matching<One extends { name: string; also: string }>(
  all: readonly One[],
  typed: string,
): readonly One[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean)
  const hits = all.filter(({ name, also }) => {
    const text = plain(`${name} ${also}`)
    return wanted.every((word) => text.includes(word))
  })
  const rank = ({ name }: One): number => (wanted.some((word) => plain(name).startsWith(word)) ? 0 : 1)
  return wanted.length === 0 ? hits : hits.toSorted((one, other) => rank(one) - rank(other))
}

export function sayAgain(app: App, { text, by, pictures }: Pick<WaitingWords, 'text' | 'by' | 'pictures'>): void {
  if (by === 'retry') void app.ask('retry', null)
  else
    void app.ask('say', { text, ...(pictures.length > 0 && { pictures: pictures.map(({ digest }) => ({ digest })) }) })
}
