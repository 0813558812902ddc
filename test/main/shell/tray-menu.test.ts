import { describe, expect, it } from 'vitest'
import type { AppState } from '../../../src/core/ipc.ts'
import { languageFor } from '../../../src/core/language/language.ts'
import type { ConversationEntry } from '../../../src/core/shown-parts.ts'
import { trayMenu as menuIn, trayTip, type TrayEntry } from '../../../src/main/shell/tray-menu.ts'

const state: AppState = {
  presence: 'idle',
  line: { type: 'off' },
  mode: 'hold',
  muted: false,
  talking: 'up',
  talkKey: { keys: '', works: 'none', note: null },
  microphone: { type: 'open' },
  speaker: { type: 'open' },
  unsaved: false,
  unanswered: null,
}

const conversations: ConversationEntry[] = Array.from({ length: 12 }, (_, at) => ({
  id: `c${at}`,
  title: at === 11 ? '' : `Talk ${at}`,
  startedMs: 0,
  changedMs: at,
  turns: 1,
}))

const { say } = languageFor('en', [])
const trayMenu = (now: AppState, entries: readonly ConversationEntry[], current: string): TrayEntry[] =>
  menuIn(now, entries, current, say)
const find = (label: string, entries: TrayEntry[]): TrayEntry | undefined =>
  entries.find((entry) => 'label' in entry && entry.label === label)

describe('the tray', () => {
  it('[X9] says every state in a word', () => {
    const tips = (['idle', 'listening', 'thinking', 'speaking', 'muted', 'offline'] as const).map((presence) =>
      trayTip({ presence }, say),
    )
    expect(new Set(tips).size).toBe(6)
    for (const tip of tips) expect(tip).toMatch(/^Parley: \w/)
  })

  it('[X9] offers talk, silence, mute, mode, conversation, show and quit, as they are now', () => {
    const menu = trayMenu(state, conversations, 'c3')
    expect(find('Talk', menu)).toMatchObject({ act: { type: 'talk' }, enabled: true })
    expect(find('Interrupt the voice', menu)).toMatchObject({ enabled: false })
    expect(find('Mute the microphone', menu)).toMatchObject({ chosen: false, act: { muted: true } })
    expect(find('Hold to talk', menu)).toMatchObject({ chosen: true })
    expect(find('Hands-free', menu)).toMatchObject({ chosen: false, act: { type: 'mode', mode: 'hands-free' } })
    expect(find('Show Parley', menu)).toBeDefined()
    expect(find('Quit', menu)).toBeDefined()

    const talking = trayMenu({ ...state, talking: 'latched', presence: 'speaking', muted: true }, [], '')
    expect(find('Stop talking', talking)).toBeDefined()
    expect(find('Interrupt the voice', talking)).toMatchObject({ enabled: true })
    expect(find('Mute the microphone', talking)).toMatchObject({ chosen: true, act: { muted: false } })
  })

  it('[W207] speaks the language of the window', () => {
    const { say: german } = languageFor('de', [])
    expect(trayTip({ presence: 'listening' }, german)).toBe('Parley: hört zu')
    const menu = menuIn(state, conversations, 'c3', german)
    for (const label of ['Sprechen', 'Freihändig', 'Gespräch', 'Beenden']) expect(find(label, menu)).toBeDefined()
  })

  it('[X9] lists the newest conversations, the current one chosen', () => {
    const menu = find('Conversation', trayMenu(state, conversations, 'c9')) as TrayEntry & { entries: TrayEntry[] }
    const listed = menu.entries.flatMap((entry) => (entry.type === 'choice' ? [entry] : []))
    expect(listed.map(({ label }) => label)).toEqual(['Untitled', ...[10, 9, 8, 7, 6, 5, 4].map((at) => `Talk ${at}`)])
    expect(listed.filter(({ chosen }) => chosen).map(({ label }) => label)).toEqual(['Talk 9'])
  })
})
