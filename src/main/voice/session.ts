// The voice session: one conversation over however many sockets it takes. Joins its parts (carrier: the line; acts: what
// events mean; owed: what waits for a line; talk and uplink: the person's sound; playback: the voice's) and is their verbs.
import type { ConnectionPhase } from '../../core/connection/state.ts'
import { voicePolicy, type ConnectionPolicy } from '../../core/connection/policy.ts'
import type { ContextView } from '../../core/conversation/budget.ts'
import { noHolds, type HoldsView } from '../../core/conversation/holds.ts'
import { createEmitter, type Emitter } from '../../core/emitter.ts'
import type { Eagerness, TurnMode, VoiceConfig } from '../../core/realtime/commands.ts'
import type { PressOutcome } from '../../core/turn/push-to-talk.ts'
import type { Clock, ConversationRecord, OpenSocket, Random, SocketRequest, Speaker } from '../ports.ts'
import { createActs } from './acts.ts'
import type { Call } from './call.ts'
import { createAloud } from './aloud.ts'
import { createCarrier } from './carrier.ts'
import { createFunctionDesk, type Told, type VoiceFunctions } from './functions.ts'
import { createLedger } from './ledger.ts'
import { createOwed } from './owed.ts'
import { createPlayback } from './playback.ts'
import { createCompaction } from './compaction.ts'
import { createRollingBack, type RollingBack } from './rolling-back.ts'
import { createRescue } from './rescue.ts'
import { createTalk } from './talk.ts'
import type { VoiceEvents } from './events.ts'
import { createUnanswered } from './unanswered.ts'
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
  /** What the model can have done; absent: it only talks. */
  functions?: VoiceFunctions
  newId: (prefix: string) => string
}

export interface VoiceSession {
  on: Emitter<VoiceEvents>['on']
  start(): void
  /** Tries now: after a refusal, or instead of waiting for the next attempt. A turn that was not answered is asked again. */
  retry(): void
  /** Ends the line and asks anew where to connect; what is owed and kept stays. */
  reopen(): void
  /** The line may have died unnoticed (sleep, another network): it has a second to answer, else it is replaced. */
  prove(): void
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
  takeBack: RollingBack['takeBack']
  putBack: RollingBack['putBack']
  /** The person does without the words that came to nothing. */
  dropDraft(): Promise<void>
  /** What the model holds. */
  holds(): HoldsView
  /** How full its memory is; null while there is no line. */
  context(): ContextView | null
  /** Something that comes by itself; the voice tells it at the next quiet moment, or only knows it. */
  tell(told: Told): void
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
  const unanswered = createUnanswered((turn) => events.emit('unanswered', turn))
  let config = opts.config

  const playback = createPlayback({
    clock,
    speaker: opts.speaker,
    spoken: (item) => ownerOf(item)?.spoken(item),
    record: (changes) => void ledger.append(changes),
    onTrouble: notice,
    onIdle(idle) {
      events.emit('speaking', !idle)
      settle()
    },
  })
  const perform = createActs({
    events,
    ledger,
    playback,
    uplink,
    unanswered,
    silence: speakOver,
    askFunctions: (asked, call) => functions?.ask(asked, call),
    recover: () => void rollingBack.recover(),
  })
  const carrier = createCarrier({
    ...opts,
    policy: opts.policy ?? voicePolicy,
    config: () => ({ ...config, tools: opts.functions?.offered() ?? config.tools }),
    events,
    ledger,
    isQuiet,
    onAct: perform,
    onCarried(call, before) {
      call.followConfig()
      if (before) rescue.takeOver(call, before)
      else uplink.useLine(call)
      owed.give()
    },
    onLost: (end, isCurrent) => rescue.lose(end, isCurrent),
    onMoved: settle,
    sayAloud: (words) => aloud.say(words),
  })
  const compaction = createCompaction({
    clock,
    ledger,
    newId,
    current,
    isQuiet,
    endpoint: opts.endpoint.name,
    handOverBeforeEndMs: (opts.policy ?? voicePolicy).handOverBeforeEndMs,
    model: opts.endpoint.model,
    instructions: () => config.instructions,
  })
  events.on('phase', (phase) => compaction.follow(phase))
  const aloud = createAloud({ current, isQuiet })
  const rollingBack = createRollingBack({ ledger, current, interrupt, silence: silenceVoice })
  const putBack = (): Promise<boolean> => rollingBack.putBack()
  const rescue = createRescue({ current, ledger, owed, playback, talk, unanswered, uplink, putBack })
  const { link } = carrier
  const functions =
    opts.functions &&
    createFunctionDesk({
      functions: opts.functions,
      current,
      isQuiet,
      newId,
      askToGoOn: () => owed.ask(),
      onMoved: settle,
    })

  function ownerOf(item: string): Call | undefined {
    return carrier.speaking().find((call) => call.spoken(item) !== undefined)
  }

  /** The service of the current call cancels its response by itself; the one before does not hear the person. */
  function speakOver(): void {
    for (const call of carrier.speaking()) if (call !== current()) call.interrupt()
    void silenceVoice()
  }

  function interrupt(): Promise<void> {
    for (const call of carrier.speaking()) call.interrupt()
    return silenceVoice()
  }

  /** Resolves when the service has been told what was heard. */
  async function silenceVoice(): Promise<void> {
    // After a change of line its items are unknown to the service.
    for (const event of await playback.cut()) ownerOf(event.item_id)?.send(event)
  }

  function settle(): void {
    const quiet = isQuiet()
    link.setQuiet(quiet, quiet && config.mode === 'manual')
    link.setActive(!quiet)
    // So that nothing said during the switch is lost between two sessions.
    uplink.hold(quiet && link.phase().type === 'handing-over')
    functions?.look()
    aloud.look()
    compaction.look()
  }

  function isQuiet(): boolean {
    if (functions?.isBusy() ?? false) return false
    return !talk.isHeld() && !owed.hasWords() && playback.isIdle() && !carrier.speaking().some((call) => call.isBusy())
  }

  return {
    on: (name, listen) => events.on(name, listen),
    start: () => link.start(),
    retry() {
      link.start()
      link.wake()
      void rescue.askAgain().then(settle)
    },
    reopen() {
      link.stop()
      link.start()
    },
    prove: () => link.prove(),
    async stop() {
      await silenceVoice()
      functions?.stop()
      compaction.stop()
      link.stop()
      playback.close()
      await ledger.settled()
    },
    hear: (frame) => talk.hear(frame),
    press() {
      link.begin()
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
      link.begin()
      owed.type(turn, text)
      unanswered.begin(turn, [])
      const stored = ledger.append([
        { type: 'turn-started', turn, role: 'user', via: 'text', after },
        { type: 'words-heard', turn, text },
      ])
      await interrupt()
      owed.ask()
      settle()
      await stored
    },
    hush() {
      owed.forgive()
      unanswered.end()
      return interrupt()
    },
    setTurnMode(mode, eagerness) {
      config = { ...config, mode, eagerness }
      talk.setMode(mode)
      current()?.followConfig()
      if (mode === 'manual') events.emit('hearing', false)
      settle()
    },
    takeBack: () => rollingBack.takeBack(),
    putBack: () => rollingBack.putBack(),
    dropDraft: () => ledger.append([{ type: 'draft-dropped' }]),
    holds: () => current()?.memory.view(ledger.conversation()) ?? noHolds,
    context: () => compaction.context(),
    tell: (told) => functions?.tell(told),
    phase: () => link.phase(),
    isQuiet,
    health: () => ({ ...uplink.health(), ...(current()?.counts() ?? { events: 0, unknown: 0, broken: 0 }) }),
  }
}
