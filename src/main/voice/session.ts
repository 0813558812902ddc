// The voice session: one conversation over however many sockets it takes. Joins its parts (carrier: the line; acts: what
// events mean; owed: what waits for a line; talk and uplink: the person's sound; playback: the voice's) and is their verbs.
import type { ConnectionPhase } from '../../core/connection/machine.ts'
import { voicePolicy, type ConnectionPolicy } from '../../core/connection/policy.ts'
import { createEmitter, type Emitter } from '../../core/emitter.ts'
import type { Eagerness, TurnMode, VoiceConfig } from '../../core/realtime/commands.ts'
import type { PressOutcome } from '../../core/turn/push-to-talk.ts'
import type { Clock, ConversationRecord, OpenSocket, Random, SocketRequest, Speaker } from '../ports.ts'
import { createActs } from './acts.ts'
import type { Call, CallEnd } from './call.ts'
import { createCarrier } from './carrier.ts'
import { createLedger } from './ledger.ts'
import { createOwed } from './owed.ts'
import { createPlayback } from './playback.ts'
import { createTalk } from './talk.ts'
import type { VoiceEvents } from './events.ts'
import { createUplink, type UplinkHealth } from './uplink.ts'
import type { WireCounts } from './wire.ts'

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
  /** Tries now: after a refusal, or instead of waiting for the next attempt. */
  retry(): void
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

const slowNetwork =
  'The network is too slow for your voice right now. What you say is kept for ten seconds; check the connection.'

export function createVoiceSession(opts: VoiceSessionOpts): VoiceSession {
  const { clock, newId } = opts
  const events = createEmitter<VoiceEvents>()
  const notice = (message: string): void => events.emit('notice', { message })
  const uplink = createUplink(clock, () => notice(slowNetwork))
  const current = (): Call | null => carrier.current()
  const talk = createTalk(clock, uplink, current, opts.config.mode)
  const ledger = createLedger(opts.record, notice)
  const owed = createOwed(current)
  let config = opts.config

  const playback = createPlayback({
    clock,
    speaker: opts.speaker,
    spoken: (item) => current()?.spoken(item),
    record: (changes) => void ledger.append(changes),
    onTrouble: notice,
    onIdle(idle) {
      events.emit('speaking', !idle)
      settle()
    },
  })
  const perform = createActs({ events, ledger, playback, uplink, silence: () => void silenceVoice() })
  const carrier = createCarrier({
    ...opts,
    policy: opts.policy ?? voicePolicy,
    config: () => config,
    events,
    ledger,
    isQuiet,
    onAct: perform,
    onCarried(call) {
      call.followConfig()
      owed.give()
      uplink.useLine(call)
    },
    onLost: lose,
    onMoved: settle,
  })
  const { link } = carrier

  function lose(end: CallEnd): void {
    const changes = end.changes((turn) => uplink.isKept(turn))
    // What was said last must be known to be answered: sound that is sent again brings its answer with it.
    const isUnread = changes.some(({ type }) => type === 'turn-removed' || type === 'words-lost')
    if (end.owesAnswer && !isUnread) owed.oweAnswer()
    void ledger.append(changes)
    uplink.useLine(null)
    playback.loseLine(end.spoken)
  }

  function interrupt(): Promise<void> {
    current()?.interrupt()
    return silenceVoice()
  }

  /** Resolves when the service has been told what was heard. */
  async function silenceVoice(): Promise<void> {
    const call = current()
    const send = await playback.cut()
    // After a change of line these items are unknown to the service.
    if (call === current()) for (const event of send) call?.send(event)
  }

  function settle(): void {
    const quiet = isQuiet()
    link.setQuiet(quiet)
    link.setActive(!quiet)
    // So that nothing said during the switch is lost between two sessions.
    uplink.hold(quiet && link.phase().type === 'handing-over')
  }

  function isQuiet(): boolean {
    return !talk.isHeld() && !owed.hasWords() && playback.isIdle() && !(current()?.isBusy() ?? false)
  }

  return {
    on: (name, listen) => events.on(name, listen),
    start: () => link.start(),
    retry() {
      link.start()
      link.wake()
    },
    async stop() {
      await silenceVoice()
      link.stop()
      playback.close()
      await ledger.settled()
    },
    hear: (frame) => talk.hear(frame),
    press() {
      link.wake()
      if (!talk.press()) return
      void interrupt()
      settle()
    },
    release() {
      const outcome = talk.release()
      settle()
      return outcome
    },
    async say(text) {
      const turn = newId('u')
      const after = ledger.lastTurn()
      owed.type(turn, text)
      const stored = ledger.append([
        { type: 'turn-started', turn, role: 'user', via: 'text', after },
        { type: 'words-heard', turn, text },
      ])
      await interrupt()
      if (!owed.ask()) link.wake()
      settle()
      await stored
    },
    hush: () => interrupt(),
    setTurnMode(mode, eagerness) {
      config = { ...config, mode, eagerness }
      talk.setMode(mode)
      current()?.followConfig()
      if (mode === 'manual') events.emit('hearing', false)
      settle()
    },
    phase: () => link.phase(),
    isQuiet,
    health: () => ({ ...uplink.health(), ...(current()?.counts() ?? { events: 0, unknown: 0, broken: 0 }) }),
  }
}
