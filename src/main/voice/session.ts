// The voice session: one conversation over however many sockets it takes. Joins the link, the record, the speaker and the
// person's sound; what things mean is decided in core (interpret, barge-in, responses, push-to-talk).
import type { ConnectionPhase } from '../../core/connection/machine.ts'
import { voicePolicy, type ConnectionPolicy } from '../../core/connection/policy.ts'
import { planRestore, voiceRestoreBudget, type RestorePlan } from '../../core/conversation/rehydrate.ts'
import { createEmitter, type Emitter } from '../../core/emitter.ts'
import type { Act } from '../../core/realtime/act.ts'
import type { Eagerness, TurnMode, VoiceConfig } from '../../core/realtime/commands.ts'
import type { PressOutcome } from '../../core/turn/push-to-talk.ts'
import { createLink } from '../net/link.ts'
import type { Clock, ConversationRecord, OpenSocket, Random, SocketRequest, Speaker } from '../ports.ts'
import { createCall, type Call, type CallEnd } from './call.ts'
import { createLedger } from './ledger.ts'
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
  const policy = opts.policy ?? voicePolicy
  const events = createEmitter<VoiceEvents>()
  const notice = (message: string): void => events.emit('notice', { message })
  const uplink = createUplink(clock, () => notice(slowNetwork))
  const talk = createTalk(clock, uplink, () => current, opts.config.mode)
  const ledger = createLedger(opts.record, notice)
  const calls = new Map<number, Call>()
  let current: Call | null = null
  let config = opts.config
  /** Typed words that no session has been given yet. */
  let typed: { item: string; text: string }[] = []
  let answerWhenLive = false

  const playback = createPlayback({
    clock,
    speaker: opts.speaker,
    spoken: (item) => current?.spoken(item),
    record: (changes) => void ledger.append(changes),
    onTrouble: notice,
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
    policy,
    attach(line) {
      const call: Call = createCall({
        line,
        clock,
        newId,
        config: () => config,
        async plan() {
          await ledger.settled()
          return { ...planRestore(ledger.conversation(), voiceRestoreBudget), last: ledger.lastTurn() }
        },
        mayBegin,
        onReady(proof) {
          const { name, model } = opts.endpoint
          const { session, restored } = proof
          void ledger.append([{ type: 'session-opened', session, endpoint: name, model, restored }])
          events.emit('restored', proof)
        },
        onActs(acts) {
          if (call !== current) return
          for (const act of acts) perform(act)
          settle()
        },
        onOver(end) {
          calls.delete(line.number)
          if (call === current) lose(end)
        },
      })
      calls.set(line.number, call)
      return call
    },
    onPhase(phase) {
      settle()
      events.emit('phase', phase)
      if (phase.type === 'off' && typeof phase.why === 'object') events.emit('fatal', phase.why.fatal)
    },
    onLive(number) {
      current = calls.get(number) ?? null
      current?.followConfig()
      giveTyped()
      if (answerWhenLive) current?.ask()
      answerWhenLive = false
      uplink.useLine(current)
      settle()
    },
    onRoundTrip: (roundTripMs) => events.emit('roundTripMs', roundTripMs),
  })

  /**
   * A session beside the live one may take over only while nothing goes on and if it holds all that was said; otherwise the
   * live one goes on and there will be another quiet moment. In the last minutes it may in any case.
   */
  function mayBegin(plan: RestorePlan): boolean {
    const phase = link.phase()
    if (phase.type !== 'handing-over' || current === null) return true
    if (phase.from.endsMs - clock.nowMs() <= policy.handOverLatestBeforeEndMs) return true
    const { items } = planRestore(ledger.conversation(), voiceRestoreBudget)
    return isQuiet() && !current.isReading() && JSON.stringify(items) === JSON.stringify(plan.items)
  }

  function lose(end: CallEnd): void {
    const changes = end.changes((turn) => uplink.isKept(turn))
    // What was said last must be known to be answered: sound that is sent again brings its answer with it.
    const isUnread = changes.some(({ type }) => type === 'turn-removed' || type === 'words-lost')
    if (end.owesAnswer && !isUnread) answerWhenLive = true
    void ledger.append(changes)
    current = null
    uplink.useLine(null)
    playback.loseLine(end.spoken)
    events.emit('hearing', false)
    settle()
  }

  function perform(act: Act): void {
    switch (act.type) {
      case 'record':
        void ledger.append(act.changes)
        break
      case 'play':
        current?.took(act.item, playback.play(act.item, act.audio))
        break
      case 'finish':
        playback.finish(act.item)
        break
      case 'interrupt':
        // The service cancels its response by itself.
        void silenceVoice()
        break
      case 'caption':
        events.emit('caption', act)
        break
      case 'hearing':
        uplink.keep(act.item, act.fromMs)
        events.emit('hearing', true)
        break
      case 'heard':
        events.emit('hearing', false)
        break
      case 'taken':
        uplink.taken(act.item)
        break
      case 'understood':
        uplink.forget(act.item)
        break
      case 'send':
        current?.send(act.event)
        break
      case 'answered':
        events.emit('answered', act)
        break
      case 'notice':
        notice(act.message)
        break
    }
  }

  function interrupt(): Promise<void> {
    current?.interrupt()
    return silenceVoice()
  }

  /** Resolves when the service has been told what was heard. */
  async function silenceVoice(): Promise<void> {
    const call = current
    const send = await playback.cut()
    // After a change of line these items are unknown to the service.
    if (call === current) for (const event of send) call?.send(event)
  }

  function giveTyped(): void {
    if (!current) return
    for (const { item, text } of typed) current.type(item, text)
    typed = []
  }

  function settle(): void {
    const quiet = isQuiet()
    link.setQuiet(quiet)
    link.setActive(!quiet)
    // So that nothing said during the switch is lost between two sessions.
    uplink.hold(quiet && link.phase().type === 'handing-over')
  }

  function isQuiet(): boolean {
    return !talk.isHeld() && typed.length === 0 && playback.isIdle() && !(current?.isBusy() ?? false)
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
      typed.push({ item: turn, text })
      const stored = ledger.append([
        { type: 'turn-started', turn, role: 'user', via: 'text', after },
        { type: 'words-heard', turn, text },
      ])
      await interrupt()
      giveTyped()
      if (current) current.ask()
      else {
        answerWhenLive = true
        link.wake()
      }
      settle()
      await stored
    },
    hush: () => interrupt(),
    setTurnMode(mode, eagerness) {
      config = { ...config, mode, eagerness }
      talk.setMode(mode)
      current?.followConfig()
      if (mode === 'manual') events.emit('hearing', false)
      settle()
    },
    phase: () => link.phase(),
    isQuiet,
    health: () => ({ ...uplink.health(), ...(current?.counts() ?? { events: 0, unknown: 0, broken: 0 }) }),
  }
}
