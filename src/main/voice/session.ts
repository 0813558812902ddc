// The voice session: one conversation over however many sockets it takes. Joins the link, the record, the speaker and the
// person's sound; what things mean is decided in core (interpret, barge-in, responses, push-to-talk).
import { createPreroll } from '../../core/audio/preroll.ts'
import type { Verdict } from '../../core/connection/close-codes.ts'
import type { ConnectionPhase } from '../../core/connection/machine.ts'
import { voicePolicy, type ConnectionPolicy } from '../../core/connection/policy.ts'
import type { Change } from '../../core/conversation/change.ts'
import { planRestore, voiceRestoreBudget } from '../../core/conversation/rehydrate.ts'
import { createEmitter, type Emitter } from '../../core/emitter.ts'
import {
  changeTurnMode,
  clearAudio,
  commitAudio,
  createItem,
  userText,
  type Eagerness,
  type TurnMode,
  type VoiceConfig,
} from '../../core/realtime/commands.ts'
import type { Act } from '../../core/realtime/interpret.ts'
import { frameTaken, keyUp, pressed, released, type PressOutcome, type TalkKey } from '../../core/turn/push-to-talk.ts'
import { createLink } from '../net/link.ts'
import type { Clock, ConversationRecord, OpenSocket, Random, SocketRequest, Speaker } from '../ports.ts'
import { createCall, type Call } from './call.ts'
import { createPlayback } from './playback.ts'
import { createUplink, type UplinkHealth } from './uplink.ts'
import type { WireCounts, WireProof } from './wire.ts'

export interface VoiceEvents {
  phase: ConnectionPhase
  /** Words as they come, before they are final; the record tells the final ones. */
  caption: { role: 'user' | 'assistant'; item: string; text: string }
  hearing: boolean
  /** Sound is on its way to the ear. */
  speaking: boolean
  answered: { response: string; status: string }
  restored: WireProof & { leftOut: number }
  notice: { message: string }
  fatal: Extract<Verdict, { type: 'fatal' }>
}

export interface VoiceSessionOpts {
  clock: Clock
  random: Random
  openSocket: OpenSocket
  request: () => Promise<SocketRequest>
  record: ConversationRecord
  speaker: Speaker
  config: VoiceConfig
  endpoint: { name: string; model: string }
  policy?: ConnectionPolicy
  newId: (prefix: string) => string
}

export interface VoiceSession {
  on: Emitter<VoiceEvents>['on']
  start(): void
  /** Ends the line and the voice; the record stays open. Resolves when the record has everything. */
  stop(): Promise<void>
  /** A 20 ms frame of the person's sound. */
  hear(frame: Int16Array): void
  press(): void
  release(): PressOutcome | null
  /** Typed words; they interrupt the voice as spoken ones do. Resolves when they are in the record. */
  say(text: string): Promise<void>
  /** Silences the voice and cancels its response. */
  hush(): Promise<void>
  setTurnMode(mode: TurnMode, eagerness: Eagerness): void
  phase(): ConnectionPhase
  /** Nobody speaks, no response is in flight, nothing is on its way to the ear. */
  isQuiet(): boolean
  health(): UplinkHealth & WireCounts
}

/** Kept from before the key went down, so that a first syllable is not lost. */
const prerollMs = 300
const slowNetwork =
  'The network is too slow for your voice right now. What you say is kept for ten seconds; check the connection.'

export function createVoiceSession(opts: VoiceSessionOpts): VoiceSession {
  const { clock, record, newId } = opts
  const events = createEmitter<VoiceEvents>()
  const uplink = createUplink(clock, () => events.emit('notice', { message: slowNetwork }))
  const preroll = createPreroll(prerollMs)
  const calls = new Map<number, Call>()
  let current: Call | null = null
  let config = opts.config
  let key: TalkKey = keyUp
  let lastTurn: string | null = record.conversation().turns.at(-1)?.id ?? null
  let answerWhenLive = false
  let appended: Promise<unknown> = Promise.resolve()

  const playback = createPlayback({
    speaker: opts.speaker,
    spoken: (item) => current?.spoken(item),
    record: (changes) => void append(changes),
    onIdle(idle) {
      events.emit('speaking', !idle)
      settle()
    },
  })

  const link = createLink({
    clock,
    random: opts.random,
    openSocket: opts.openSocket,
    request: opts.request,
    policy: opts.policy ?? voicePolicy,
    attach(line) {
      const call: Call = createCall({
        line,
        newId,
        config: () => config,
        async plan() {
          await appended
          return planRestore(record.conversation(), voiceRestoreBudget)
        },
        onReady(proof) {
          const { name, model } = opts.endpoint
          void append([
            { type: 'session-opened', session: proof.session, endpoint: name, model, restored: proof.restored },
          ])
          events.emit('restored', proof)
        },
        onAct(act) {
          if (call === current) perform(act)
        },
        onOver(changes, spoken) {
          calls.delete(line.number)
          if (call !== current) return
          current = null
          uplink.useLine(null)
          void append(changes)
          playback.loseLine(spoken)
          events.emit('hearing', false)
          settle()
        },
      })
      calls.set(line.number, call)
      return call
    },
    onPhase(phase) {
      events.emit('phase', phase)
      if (phase.type === 'off' && typeof phase.why === 'object') events.emit('fatal', phase.why.fatal)
    },
    onLive(number) {
      current = calls.get(number) ?? null
      uplink.useLine(current)
      if (answerWhenLive) current?.ask()
      answerWhenLive = false
      settle()
    },
  })

  function append(changes: Change[]): Promise<void> {
    if (changes.length === 0) return Promise.resolve()
    for (const change of changes) if (change.type === 'turn-started') lastTurn = change.turn
    const stored = record.append(changes).then(
      () => undefined,
      (error: unknown) => {
        const message = error instanceof Error ? error.message : 'The conversation could not be saved.'
        events.emit('notice', { message })
      },
    )
    appended = stored
    return stored
  }

  function perform(act: Act): void {
    switch (act.type) {
      case 'record':
        void append(act.changes)
        break
      case 'play':
        play(act.item, act.audio)
        break
      case 'finish':
        playback.finish(act.item)
        break
      case 'interrupt':
        void interrupt(null)
        break
      case 'caption':
        events.emit('caption', act)
        break
      case 'hearing':
        events.emit('hearing', act.active)
        break
      case 'send':
        current?.send(act.event)
        break
      case 'answered':
        events.emit('answered', act)
        break
      case 'notice':
        events.emit('notice', act)
        break
    }
    settle()
  }

  function play(item: string, audio: string): void {
    try {
      current?.took(item, playback.play(item, audio))
    } catch {
      events.emit('notice', { message: 'A piece of the answer’s sound arrived damaged and was left out.' })
    }
  }

  /** @param cancel the response that the service does not cancel by itself */
  async function interrupt(cancel: string | null): Promise<void> {
    const call = current
    const send = await playback.cut(cancel)
    // After a change of line these items are unknown to the service.
    if (call === current) for (const event of send) call?.send(event)
  }

  function settle(): void {
    const quiet = isQuiet()
    link.setQuiet(quiet)
    link.setActive(!quiet)
  }

  function isQuiet(): boolean {
    return key.type === 'up' && playback.isIdle() && !(current?.isBusy() ?? false)
  }

  return {
    on: (name, listen) => events.on(name, listen),
    start: () => link.start(),
    async stop() {
      await playback.cut(null)
      link.stop()
      playback.close()
      await appended
    },
    hear(frame) {
      if (config.mode !== 'manual') uplink.push(frame)
      else if (key.type === 'up') preroll.push(frame)
      else {
        key = frameTaken(key)
        uplink.push(frame)
      }
    },
    press() {
      const { key: next, began } = pressed(key, clock.monotonicMs())
      key = next
      link.wake()
      if (!began) return
      void interrupt(current?.interrupt() ?? null)
      if (config.mode !== 'manual') return
      uplink.clear()
      current?.send(clearAudio)
      for (const frame of preroll.drain()) uplink.push(frame)
      settle()
    },
    release() {
      const outcome = config.mode === 'manual' ? released(key) : null
      key = keyUp
      if (outcome === 'too-short') {
        uplink.clear()
        current?.send(clearAudio)
      }
      if (outcome === 'committed')
        uplink.then(() => {
          current?.send(commitAudio)
          current?.ask()
        })
      settle()
      return outcome
    },
    async say(text) {
      const item = newId('u')
      const after = lastTurn
      const cut = interrupt(current?.interrupt() ?? null)
      const stored = append([
        { type: 'turn-started', turn: item, role: 'user', via: 'text', after },
        { type: 'words-heard', turn: item, text },
      ])
      await cut
      if (current) {
        current.know(item)
        current.send(createItem(userText(item, text), item))
        current.ask()
      } else {
        answerWhenLive = true
        link.wake()
      }
      await stored
    },
    hush: () => interrupt(current?.interrupt() ?? null),
    setTurnMode(mode, eagerness) {
      config = { ...config, mode, eagerness }
      current?.send(changeTurnMode(mode, eagerness))
    },
    phase: () => link.phase(),
    isQuiet,
    health: () => ({ ...uplink.health(), ...(current?.counts() ?? { events: 0, unknown: 0, broken: 0 }) }),
  }
}
