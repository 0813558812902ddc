// Talking by a name: closed, only the phrase is listened for and there is no line; called, it is as hands-free until nobody has said
// anything for a while. Joins the listener, the session and the way of the microphone's sound; when it closes is
// core/turn/named-talk.ts.
import { createEmitter } from '../core/emitter.ts'
import type { NamedView } from '../core/views.ts'
import { closedTalk, closesInMs, stepNamedTalk, wordsToTalk, type NamedTalkEvent } from '../core/turn/named-talk.ts'
import type { NameListener } from './audio/name-listener.ts'
import type { SentSpeech } from './audio/sent-speech.ts'
import type { Clock, ConversationRecord, Undo } from './ports.ts'
import type { VoiceSession } from './voice/session.ts'

/** How one is called, and for how long it stays open for more. Null: another way to talk. */
export interface Naming {
  phrase: string
  staysOpenMs: number
}

export interface NamedTalk {
  /** Whether what the microphone gives is for the conversation. */
  isOpen(): boolean
  choose(naming: Naming | null): void
  /** As if it had been called; opens it also for a key. */
  call(): void
  /** The person holds the microphone of another device: it is open for as long. */
  hold(held: boolean): void
  mute(muted: boolean): void
  /** The phrase is being tried: it opens nothing. */
  pause(paused: boolean): void
  /** Null: another way to talk. */
  view(): NamedView | null
  onMoved(listen: () => void): Undo
  /** Opened by the phrase alone, or closed: a soft sound says so. */
  onSound(listen: (what: 'opened' | 'closed') => void): Undo
  onTrouble(listen: (message: string) => void): Undo
  stop(): void
}

/** A line that can't be had keeps it open no longer. */
const lineWithinMs = 20_000

export function createNamedTalk(opts: {
  clock: Clock
  session: Pick<VoiceSession, 'on' | 'isQuiet' | 'phase' | 'hear' | 'hush' | 'setResting'>
  record: Pick<ConversationRecord, 'onStored'>
  listener: NameListener
  speech: Pick<SentSpeech, 'begin' | 'shut' | 'sending' | 'onMoved'>
}): NamedTalk {
  const { clock, session, listener, speech } = opts
  const events = createEmitter<{ moved: undefined; sound: 'opened' | 'closed' }>()
  let naming: Naming | null = null
  let talk = closedTalk
  let isHeld = false
  let isMuted = false
  let isPaused = false
  let isHearing = false
  /** Before it is known whether more follows the phrase, nothing goes out. */
  let isPending = false
  let openedMs = 0
  /** Wall clock. */
  let closesMs: number | null = null
  let undoTick: Undo = () => undefined

  const lastsMs = (): number => naming?.staysOpenMs ?? 0
  const isOpen = (): boolean => naming === null || ((talk.type === 'open' || isHeld) && !isPending)

  function happen(event: NamedTalkEvent): void {
    const before = talk
    talk = stepNamedTalk(talk, event, clock.monotonicMs(), lastsMs())
    if (talk === before) return
    if (before.type === 'closed' && talk.type === 'open') open()
    if (before.type === 'open' && talk.type === 'closed') close(event.type === 'tick')
    speech.shut(!isOpen())
    undoTick()
    const inMs = closesInMs(talk, clock.monotonicMs(), lastsMs())
    closesMs = inMs === null ? null : Math.round(clock.nowMs() + inMs)
    if (inMs !== null) undoTick = clock.after(inMs, () => happen({ type: 'tick' }))
    events.emit('moved', undefined)
  }

  function open(): void {
    openedMs = clock.monotonicMs()
    session.setResting(false)
    look()
  }

  function close(isByItself: boolean): void {
    isPending = false
    listenAgain()
    if (isByItself) events.emit('sound', 'closed')
  }

  function listenAgain(): void {
    const listens = naming !== null && talk.type === 'closed' && !isHeld && !isMuted && !isPaused
    listener.listenFor(listens ? (naming?.phrase ?? null) : null)
    session.setResting(naming !== null && talk.type === 'closed' && !isHeld)
    speech.shut(!isOpen())
  }

  /** While somebody speaks or an answer is due it does not close. */
  function look(): void {
    const { type } = session.phase()
    const isComing = (type === 'opening' || type === 'waiting') && clock.monotonicMs() - openedMs < lineWithinMs
    happen({
      type: 'busy',
      busy: isPending || isHearing || isComing || !session.isQuiet() || speech.sending() === 'speech',
    })
  }

  function called(): void {
    happen({ type: 'called' })
  }

  const undos = [
    listener.on('called', () => {
      isPending = true
      called()
    }),
    listener.on('words', (frames) => {
      isPending = false
      listener.listenFor(null)
      speech.shut(false)
      speech.begin()
      for (const frame of frames) session.hear(frame)
      look()
    }),
    listener.on('alone', () => {
      isPending = false
      listener.listenFor(null)
      speech.shut(false)
      events.emit('sound', 'opened')
      look()
    }),
    session.on('hearing', (now) => {
      isHearing = now
      look()
    }),
    session.on('phase', look),
    session.on('speaking', look),
    session.on('answered', look),
    session.on('quiet', look),
    speech.onMoved(look),
    opts.record.onStored(({ change }) => {
      if (naming === null || talk.type === 'closed' || change.type !== 'words-heard') return
      const wish = wordsToTalk(change.text, naming.phrase)
      if (wish !== null) void session.hush()
      if (wish !== 'end') return
      happen({ type: 'dismissed' })
      events.emit('sound', 'closed')
    }),
  ]

  return {
    isOpen,
    choose(next) {
      const isSame = next?.phrase === naming?.phrase
      naming = next
      if (next === null || !isSame) happen({ type: 'dismissed' })
      listenAgain()
      events.emit('moved', undefined)
    },
    call() {
      if (naming === null) return
      isPending = false
      listener.listenFor(null)
      called()
    },
    hold(held) {
      if (held === isHeld) return
      isHeld = held
      listenAgain()
      events.emit('moved', undefined)
    },
    mute(muted) {
      isMuted = muted
      if (muted) happen({ type: 'dismissed' })
      listenAgain()
    },
    pause(paused) {
      isPaused = paused
      listenAgain()
    },
    view() {
      if (naming === null) return null
      return {
        phrase: naming.phrase,
        open: talk.type === 'open' || isHeld,
        closesMs: isHeld ? null : closesMs,
        lastsMs: lastsMs(),
      }
    },
    onMoved: (listen) => events.on('moved', listen),
    onSound: (listen) => events.on('sound', listen),
    onTrouble: (listen) => listener.on('trouble', listen),
    stop() {
      undoTick()
      for (const undo of undos) undo()
      listener.stop()
    },
  }
}
