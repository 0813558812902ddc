// What the window asks of main, and what becomes of the answer: a refusal is shown in main's own words, a wait of more
// than a second is shown as one. The only place that holds the bridge.
import type { Answers, ArgumentOf, ExportedFile, Notice, RequestName, Reply } from '../core/ipc.ts'
import type { Picture } from '../core/pictures/picture.ts'
import type { ScreenSource } from '../core/screen-source.ts'
import type { LinkAnswers } from '../core/devices/requests.ts'
import type { LinkView } from '../core/devices/view.ts'
import type { Reach } from './bridge.ts'
import { createFloorHold, type FloorHold } from './sound/hold-floor.ts'
import { createFrameQueue } from './frame-queue.ts'
import type { Waiting } from './pictures/scale.ts'
import { tellTroubles } from './troubles.ts'
import { createSpeech, type Speech } from './speech.ts'
import { findConversations, nothingOver, openOver, openPanel, type View } from './view.ts'
import {
  createStore,
  languageOf,
  looked,
  settledBy,
  told,
  unknown,
  withEarlier,
  withMessage,
  withMore,
  withNews,
  type Hit,
  type Known,
  type Store,
} from './store.ts'

export interface Levels {
  microphone: number
  speaker: number
}

export interface App {
  store: Store<Known>
  speech: Speech
  /** The place that was searched for and is shown. */
  hit: Store<Hit | null>
  /** Words that are to be changed and said anew. */
  draft: Store<string | null>
  /** Pictures that go with the next words. */
  pictures: Store<readonly Waiting[]>
  /** The one that is looked at. */
  picture: Store<Picture | null>
  /** What a picture can be taken of, while the person chooses. */
  screens: Store<readonly ScreenSource[] | null>
  /** What lies over the conversation. */
  view: Store<View>
  /** Ten a second: apart, so that they move a meter and nothing else. */
  levels: Store<Levels>
  /** How well what was heard last fits the phrase that is being tried, 0–100. */
  phraseFit: Store<number | null>
  /** A refusal has been shown when this resolves. Never rejects. */
  ask: <Name extends RequestName>(name: Name, argument: ArgumentOf<Name>) => Promise<Reply<Answers[Name]>>
  /** What is asked about other devices, with what has become of them. @returns false for what was refused */
  askLink: <Name extends keyof LinkAnswers>(name: Name, argument: ArgumentOf<Name>) => Promise<boolean>
  /** From then on the window is told of other devices. */
  lookAtLink: () => Promise<void>
  /** Talking at this device, which is not the computer that runs Parley. */
  floor: FloorHold
  note: (text: string, undo?: () => void) => void
  dismiss: (message: number) => void
  /** The computer’s wall clock, by which everything here is dated; a device’s own may be off by hours. */
  nowMs: () => number
  /** Tells a screen reader, after what it is told already. */
  announce: (text: string) => void
}

/** Opens what the app's menu names. */
function goTo(app: App, to: Extract<Notice, { type: 'go' }>['to']): void {
  if (!app.store.value().settings.isSetUp) return
  if (to === 'settings') openPanel(app, 'settings')
  else if (to === 'find') findConversations(app)
  else openOver(app, to)
}

const slowAfterMs = 1_000
export const silence: Levels = { microphone: -96, speaker: -96 }

export function createApp({ bridge, onReach, sound }: Reach): App {
  const store = createStore<Known>({ ...unknown, systemLanguages: navigator.languages })
  const levels = createStore<Levels>(silence)
  const phraseFit = createStore<number | null>(null)
  const speech = createSpeech()
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

  let aheadMs = 0
  let looking = false
  async function look(): Promise<void> {
    if (looking) return
    looking = true
    const found = await ask('look', null)
    looking = false
    if (!found.ok) return
    const { version } = store.value()
    // Parley was updated meanwhile, and this page is still the one of before.
    if (found.value.device && version !== '' && version !== found.value.version) {
      location.reload()
      return
    }
    speech.clear()
    aheadMs = found.value.device ? found.value.nowMs - Date.now() : 0
    alter((known) => looked(known, found.value))
    if (found.value.device) return
    // Whoever asks to be let in asks a window that was loaded anew, too.
    if (found.value.settings.otherDevices) void app.lookAtLink()
    await tellTroubles(app, (text, button, act) =>
      alter((known) => withMessage(known, 'error', text, act, false, button)),
    )
  }

  /** What was told since the last frame, as one change: the window is drawn once for it. */
  function take(notices: readonly Notice[]): void {
    let known = store.value()
    let isTold = false
    for (const notice of notices) {
      const next = told(known, notice)
      if (next === 'gap') {
        void look()
        break
      }
      known = next
      const settled = settledBy(notice)
      if (settled !== null) speech.settle(settled)
      if (notice.type === 'snapshot') speech.clear()
      else if (notice.type === 'caption') speech.setCaption(notice)
      else if (notice.type === 'position') speech.setPosition(notice.item, notice)
      else if (notice.type === 'level') levels.set(notice)
      else if (notice.type === 'phrase-fit') phraseFit.set(notice.fit)
      else if (notice.type === 'state') isTold = true
      else if (notice.type === 'go') goTo(app, notice.to)
      else if (notice.type === 'fill') app.draft.set(notice.text)
    }
    // By the newest of them: an older one may be of before this device took it.
    if (isTold && known.state.floor?.device !== known.device?.id) app.floor.lose()
    store.set(known)
  }
  bridge.hear(createFrameQueue(take))
  // The network's return is known here before the line notices that it died.
  addEventListener('online', () => void bridge.ask('prove', null))
  onReach((how) => {
    if (how === 'reached') void look()
    else if (how === 'uninvited') alter((known) => ({ ...known, reach: 'uninvited' }))
    else {
      app.floor.lose()
      levels.set(silence)
      alter((known) => ({ ...known, reach: known.reach === 'connecting' && how === 'lost' ? 'connecting' : how }))
    }
  })

  async function askLink<Name extends keyof LinkAnswers>(name: Name, argument: ArgumentOf<Name>): Promise<boolean> {
    const reply = await ask(name, argument)
    const link: LinkView | null = reply.ok ? reply.value : null
    if (link !== null) alter((known) => ({ ...known, link }))
    return reply.ok
  }

  const app: App = {
    store,
    view: createStore<View>(nothingOver),
    levels,
    phraseFit,
    speech,
    hit: createStore<Hit | null>(null),
    draft: createStore<string | null>(null),
    pictures: createStore<readonly Waiting[]>([]),
    picture: createStore<Picture | null>(null),
    screens: createStore<readonly ScreenSource[] | null>(null),
    ask,
    floor: createFloorHold({
      sound: sound ?? null,
      take: async () => (await ask('take-floor', null)).ok,
      give: () => void ask('give-floor', null),
      refused: () => alter((known) => withMessage(known, 'error', languageOf(known).say('floor.noMicrophone'))),
    }),
    askLink,
    lookAtLink: async () => {
      await askLink('link', null)
    },
    nowMs: () => Date.now() + aheadMs,
    note: (text, undo) => alter((known) => withMessage(known, 'note', text, undo ?? null)),
    announce: (text) => alter((known) => withNews(known, text)),
    dismiss: (message) => alter((known) => ({ ...known, messages: known.messages.filter(({ id }) => id !== message) })),
  }
  return app
}

/** From then on the window is told when they change. */
export async function lookAtTools({ ask, store }: App): Promise<void> {
  const reply = await ask('tools', null)
  if (reply.ok) store.set({ ...store.value(), tools: reply.value })
}

/**
 * Asks for the part of the conversation before what is shown, as far back as `through`.
 * @returns whether there was one
 */
export async function lookEarlier({ ask, store }: App, through?: string): Promise<boolean> {
  const { conversation, earlier } = store.value()
  const before = conversation.turns[0]?.id
  if (before === undefined || earlier === 0) return false
  const reply = await ask('earlier', through === undefined ? { before } : { before, through })
  if (!reply.ok) return false
  store.set(withEarlier(store.value(), reply.value, before))
  return true
}

/** Asks for the conversations after the last one in the list. */
export async function lookFurther({ ask, store }: App): Promise<void> {
  const { conversations, more } = store.value()
  const after = conversations.at(-1)?.id
  if (after === undefined || more === 0) return
  const reply = await ask('list', { after })
  if (reply.ok) store.set(withMore(store.value(), reply.value))
}

/** Hands the file to the person, as a download. Whether and where it is saved the desktop app tells; a browser tells nobody. */
export function saveFile({ store, note }: App, { name, text }: ExportedFile): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  if (store.value().shell === 'browser') note(languageOf(store.value()).say('window.browserHas', { name }))
}

/** Into the trash, with a way back. */
export async function removeConversation(app: App, { id, title }: { id: string; title: string }): Promise<void> {
  const { say } = languageOf(app.store.value())
  if (!(await app.ask('remove', { id })).ok) return
  const name = title === '' ? say('history.untitled') : title
  app.note(say('history.deleted', { name }), () => void app.ask('restore', { id }))
}
