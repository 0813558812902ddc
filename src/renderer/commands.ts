// Everything that can be done from the palette, by name, as it is now; and how typed words find it. Pure but for what a command
// does when it is chosen.
import { saveFile, type App } from './actions.ts'
import { settingsSections } from './panels/settings-sections.ts'
import type { Known } from './store.ts'
import { findConversations, focusOn, openOver, openPanel } from './view.ts'
import { canTakeBack, waitingWords } from './waiting-words.ts'

export interface Command {
  id: string
  name: string
  /** Other words that find it. */
  also: string
  /** As a person presses them; empty for none. */
  keys: string
  act: () => void
}

const words = {
  begin: ['New conversation', 'start begin chat'],
  find: ['Search conversations', 'find words history list'],
  type: ['Type', 'write text field message'],
  mute: ['Mute the microphone', 'silence me off'],
  unmute: ['Listen again', 'unmute microphone on'],
  hush: ['Interrupt the voice', 'stop silence hush quiet'],
  hold: ['Hold to talk', 'mode push key'],
  handsFree: ['Hands-free', 'mode listen always'],
  takeBack: ['Take back the last exchange', 'undo remove'],
  again: ['Say it again', 'retry try again resend'],
  health: ['Connection', 'health network line spending cost'],
  holds: ['What the model holds', 'memory context session'],
  tools: ['Tools, folders and servers', 'mcp grant permission files'],
  settings: ['Settings', 'options preferences'],
  markdown: ['Save this conversation as Markdown', 'export file download'],
  json: ['Save this conversation as JSON', 'export file download'],
  light: ['Light colours', 'theme bright'],
  dark: ['Dark colours', 'theme night'],
  system: ['Colours as the system has them', 'theme auto'],
  larger: ['Larger text', 'size zoom bigger'],
  smaller: ['Smaller text', 'size zoom'],
  compact: ['Compact rows', 'dense small spacing'],
  roomy: ['Roomy rows', 'spacing comfortable'],
  shortcuts: ['Keyboard shortcuts', 'keys help'],
  section: 'Settings',
} as const

export const textSizes = [87.5, 100, 112.5, 125, 150, 200] as const

export function commandsOf(app: App, known: Known): readonly Command[] {
  const { state, settings, conversation, shell } = known
  const set = (some: Parameters<typeof app.ask<'settings'>>[1]): void => void app.ask('settings', some)
  const command = (id: string, [name, also]: readonly [string, string], act: () => void, keys = ''): Command => ({
    id,
    name,
    also,
    keys,
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
  const sections = settingsSections.filter(({ shell: only }) => only === undefined || only === shell)
  return [
    command('begin', words.begin, () => void app.ask('begin', null)),
    command('find', words.find, () => findConversations(app), 'Ctrl+Shift+F'),
    command('type', words.type, () => focusOn('#typed')),
    state.muted
      ? command('mute', words.unmute, () => void app.ask('mute', { muted: false }))
      : command('mute', words.mute, () => void app.ask('mute', { muted: true })),
    command('hush', words.hush, () => void app.ask('hush', null), 'Esc'),
    state.mode === 'hold'
      ? command('mode', words.handsFree, () => void app.ask('mode', { mode: 'hands-free' }))
      : command('mode', words.hold, () => void app.ask('mode', { mode: 'hold' })),
    ...(canTakeBack(known) ? [command('take-back', words.takeBack, () => void app.ask('take-back', null))] : []),
    ...(waiting ? [command('again', words.again, () => sayAgain(app, waiting), 'Ctrl+Enter')] : []),
    command('health', words.health, () => openPanel(app, 'health')),
    command('holds', words.holds, () => openPanel(app, 'holds')),
    command('settings', words.settings, () => openPanel(app, 'settings'), 'Ctrl+,'),
    command('tools', words.tools, () => openPanel(app, 'tools')),
    ...(conversation.turns.length === 0
      ? []
      : [
          command('markdown', words.markdown, () => void save('markdown')),
          command('json', words.json, () => void save('json')),
        ]),
    ...(['light', 'dark', 'system'] as const)
      .filter((theme) => theme !== settings.theme)
      .map((theme) => command(`theme-${theme}`, words[theme], () => set({ theme }))),
    ...(larger === undefined ? [] : [command('larger', words.larger, () => set({ textSize: larger }))]),
    ...(smaller === undefined ? [] : [command('smaller', words.smaller, () => set({ textSize: smaller }))]),
    command('compact', settings.compact ? words.roomy : words.compact, () => set({ compact: !settings.compact })),
    command('shortcuts', words.shortcuts, () => openOver(app, 'shortcuts'), '?'),
    ...sections.map(({ id, title, also }) =>
      command(`section-${id}`, [`${words.section}: ${title}`, also], () => openPanel(app, 'settings', id)),
    ),
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

export function sayAgain(app: App, { text, by }: { text: string; by: 'retry' | 'say' }): void {
  if (by === 'retry') void app.ask('retry', null)
  else void app.ask('say', { text })
}
