// What the window asks of main, and what becomes of the answer: a refusal is shown in main's own words, a wait of more
// than a second is shown as one. The only place that holds the bridge.
import type { Answers, ArgumentOf, ExportedFile, RequestName, Reply } from '../core/ipc.ts'
import type { Reach } from './bridge.ts'
import { createStore, looked, told, unknown, withMessage, type Known, type Store } from './store.ts'

export interface Levels {
  microphone: number
  speaker: number
}

export interface App {
  store: Store<Known>
  /** Ten a second: apart, so that they move a meter and nothing else. */
  levels: Store<Levels>
  /** A refusal has been shown when this resolves. Never rejects. */
  ask: <Name extends RequestName>(name: Name, argument: ArgumentOf<Name>) => Promise<Reply<Answers[Name]>>
  note: (text: string, undo?: () => void) => void
  dismiss: (message: number) => void
}

const slowAfterMs = 1_000
export const silence: Levels = { microphone: -96, speaker: -96 }

export function createApp({ bridge, onReach }: Reach): App {
  const store = createStore<Known>(unknown)
  const levels = createStore<Levels>(silence)
  const alter = (with_: (known: Known) => Known): void => store.set(with_(store.value()))

  async function ask<Name extends RequestName>(name: Name, argument: ArgumentOf<Name>): Promise<Reply<Answers[Name]>> {
    const slow = { requests: 0 }
    const timer = setTimeout(() => {
      slow.requests = 1
      alter((known) => ({ ...known, slow: known.slow + 1 }))
    }, slowAfterMs)
    const reply = await bridge.ask(name, argument)
    clearTimeout(timer)
    alter((known) => (slow.requests === 0 ? known : { ...known, slow: known.slow - slow.requests }))
    if (!reply.ok) alter((known) => withMessage(known, 'error', reply.error.message))
    return reply
  }

  let looking = false
  async function look(): Promise<void> {
    if (looking) return
    looking = true
    const found = await ask('look', null)
    looking = false
    if (found.ok) alter((known) => looked(known, found.value))
  }

  bridge.hear((notice) => {
    if (notice.type === 'level') return levels.set(notice)
    const next = told(store.value(), notice)
    if (next === 'gap') void look()
    else store.set(next)
  })
  // The network's return is known here before the line notices that it died.
  addEventListener('online', () => void bridge.ask('prove', null))
  onReach((how) => {
    if (how === 'reached') void look()
    else if (how === 'uninvited') alter((known) => ({ ...known, reach: 'uninvited' }))
    else {
      levels.set(silence)
      alter((known) => ({ ...known, reach: known.reach === 'connecting' ? 'connecting' : 'lost' }))
    }
  })

  return {
    store,
    levels,
    ask,
    note: (text, undo) => alter((known) => withMessage(known, 'note', text, undo ?? null)),
    dismiss: (message) => alter((known) => ({ ...known, messages: known.messages.filter(({ id }) => id !== message) })),
  }
}

/** From then on the window is told when they change. */
export async function lookAtTools({ ask, store }: App): Promise<void> {
  const reply = await ask('tools', null)
  if (reply.ok) store.set({ ...store.value(), tools: reply.value })
}

/** Hands the file to the person, as a download. Whether and where it is saved the desktop app tells; a browser tells nobody. */
export function saveFile({ store, note }: App, { name, text }: ExportedFile): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  if (store.value().shell === 'browser') note(`The browser has ${name}.`)
}
