// The voice session: one conversation over however many sockets it takes. Joins its parts (carrier: the line; acts: what
// events mean; turns: who is answered; talk and uplink: the person's sound; playback: the voice's) and is their verbs.
import { voicePolicy } from '../../core/connection/policy.ts'
import { noHolds } from '../../core/conversation/holds.ts'
import { createEmitter } from '../../core/emitter.ts'
import { picturesUntaken } from '../../core/realtime/dialect.ts'
import { createActs } from './acts.ts'
import { createAloud } from './aloud.ts'
import type { Call } from '../call/call.ts'
import { createCarrier } from './carrier.ts'
import { createCompaction } from './compaction.ts'
import type { VoiceEvents } from './events.ts'
import { createFunctionRunner } from './functions.ts'
import { createJournal } from './journal.ts'
import { createOverlap } from './overlap.ts'
import { createPlayback } from './playback.ts'
import { createRollingBack } from './rolling-back.ts'
import { createTalk } from './talk.ts'
import { createTurns } from './turns.ts'
import { createUplink, slowNetwork } from './uplink.ts'
import { noCounts, SayError, sessionConfig, typedTurn, type VoiceSession, type VoiceSessionOpts } from './verbs.ts'

export type { VoiceSession, VoiceSessionOpts }

export function createVoiceSession(opts: VoiceSessionOpts): VoiceSession {
  const { clock, newId } = opts
  const { floor } = opts.speaker
  const events = createEmitter<VoiceEvents>()
  const notice = (message: string): void => events.emit('notice', { message })
  const current = (): Call | null => carrier.current()
  const isHeard = (): boolean => current()?.isHearing() ?? false
  const journal = createJournal(opts.record, notice)
  const uplink = createUplink(clock, () => notice(slowNetwork))
  let config = opts.config
  /** The speaker is asked how much was heard; the service is told that first. */
  let cutting = 0
  /** Words were typed since the key went down: they are answered also while it stays down. */
  let isTypedOver = false

  const talk = createTalk({
    clock,
    uplink,
    current,
    newId,
    mode: config.mode,
    onCaptured: (turn) => turns.happen({ type: 'captured', turn, session: null }),
    onDropped: (turn) => turns.happen({ type: 'withdrawn', turns: [turn] }),
    onCommitted: (press, call) => turns.pressed(press, call),
  })
  const playback = createPlayback({
    clock,
    speaker: opts.speaker,
    spoken: (item) => ownerOf(item)?.spoken(item),
    onPlayed(played) {
      void journal.append([...played])
      for (const { turn: item, heard, cut, playedMs: ms } of played)
        turns.happen({ type: 'heard', item, words: heard.trim() !== '', cut, ms })
    },
    onUnknown: (item) => turns.happen({ type: 'heard', item, words: true, cut: true, ms: Infinity }),
    onTrouble: notice,
    onIdle(idle) {
      events.emit('speaking', !idle)
      settle()
    },
  })
  const rollingBack = createRollingBack({
    journal,
    interrupt: () => interrupt('hush'),
    silence: (items) => (items.some(playback.isOutstanding) ? silenceVoice() : Promise.resolve()),
    takePresses: () => turns.takeBack(),
    onTakenBack: (gone) => turns.happen({ type: 'withdrawn', turns: gone }),
  })
  const turns = createTurns({
    clock,
    current,
    journal,
    playback,
    uplink,
    rollingBack,
    isFloorTaken: () => isHeard() || (talk.isHeld() && !isTypedOver),
    isByVoice: () => config.mode !== 'manual',
    isCutting: () => cutting > 0,
    sayAgain: (frames) => talk.again(frames),
    notice,
    onOffered: (turn) => events.emit('unanswered', turn),
  })
  const overlap = createOverlap({
    clock,
    floor,
    isIdle: () => playback.isIdle(),
    interrupt: () => void interrupt('turn'),
    onTurn(turn) {
      current()?.spurn(false)
      turns.happen({ type: 'given', turn, via: 'text' })
      settle()
    },
  })
  const perform = createActs({
    events,
    journal,
    playback,
    uplink,
    turns,
    overlap,
    silence: speakOver,
    askFunctions: (asked) => functions?.ask(asked),
  })
  const carrier = createCarrier({
    ...opts,
    policy: opts.policy ?? voicePolicy,
    config: () => sessionConfig(config, opts),
    events,
    journal,
    pictures: opts.record.pictures,
    isQuiet,
    isSending: () => talk.isStreaming() || uplink.health().heldMs > 0 || uplink.isUnproven() || turns.isAnswerDue(),
    holdMs: () => Math.max(uplink.holdMs(), turns.commitDueMs()),
    ...turns.typedWords,
    onAct: perform,
    onCarried(call, before) {
      call.followConfig()
      if (before) takeOver(call, before)
      else uplink.useLine(call)
    },
    onLost: (end, call, isCurrent) => turns.lose(end, call, isCurrent),
    onRefusedItem: (refused) => turns.refused(refused),
    onUncommitted: (call) => turns.uncommitted(call),
    onProven(call, mark) {
      if (call === current()) uplink.proven(mark)
    },
    onMoved: settle,
    sayAloud: (words) => aloud.say(words),
  })
  const { link } = carrier
  const compaction = createCompaction({
    clock,
    journal,
    current,
    isQuiet,
    endpoint: opts.endpoint.name,
    handOverBeforeEndMs: (opts.policy ?? voicePolicy).handOverBeforeEndMs,
    model: opts.endpoint.model,
    instructions: () => config.instructions,
  })
  events.on('phase', (phase) => compaction.follow(phase))
  const aloud = createAloud({ current, isQuiet })
  const functions =
    opts.functions &&
    createFunctionRunner({
      functions: opts.functions,
      isQuiet,
      newId,
      onOutput(call) {
        turns.happen({ type: 'given', turn: call, via: 'output' })
        turns.look()
      },
      onMoved: settle,
    })
  opts.record.onStored(({ change }) => {
    current()?.holding.note(change)
    turns.look()
  })

  const ownerOf = (item: string): Call | undefined => carrier.speaking().find((call) => call.spoken(item) !== undefined)

  /** Who hears the turn that is being spoken while the conversation goes to another session. */
  function takeOver(call: Call, before: Call): void {
    const handed = uplink.moveTo(call)
    if (handed === 'split') talk.splitTurn()
    before.retire(handed)
    turns.happen({ type: 'overtaken', session: before.number })
  }

  /** The service of the current call cancels its response by itself where that is its part; the one before does not hear the person. */
  function speakOver(): void {
    turns.happen({ type: 'interrupted', by: 'turn' })
    for (const call of carrier.speaking()) if (floor || call !== current()) call.interrupt()
    void silenceVoice()
  }

  function interrupt(by: 'turn' | 'hush'): Promise<void> {
    turns.happen({ type: 'interrupted', by })
    for (const call of carrier.speaking()) call.interrupt()
    return silenceVoice()
  }

  /** Resolves when the service has been told what was heard. */
  async function silenceVoice(): Promise<void> {
    cutting++
    // After a change of line its items are unknown to the service.
    for (const event of await playback.cut()) ownerOf(event.item_id)?.send(event)
    cutting--
    turns.look()
  }

  function settle(): void {
    const quiet = isQuiet()
    // Of a line that is just being lost nothing is told any more.
    if (current() !== null) link.setQuiet(quiet, quiet && config.mode === 'manual')
    link.setActive(!quiet)
    // So that nothing said during the switch is lost between two sessions.
    uplink.hold(link.phase().type === 'handing-over' && !talk.isPressing() && !isHeard())
    turns.look()
    functions?.look()
    aloud.look()
    compaction.look()
    events.emit('quiet', quiet)
  }

  function isQuiet(): boolean {
    if (functions?.isBusy() ?? false) return false
    return (
      !talk.isHeld() && !turns.isAwaiting() && playback.isIdle() && !carrier.speaking().some((call) => call.isBusy())
    )
  }

  return {
    on: (name, listen) => events.on(name, listen),
    start() {
      floor?.listen(config.mode !== 'manual')
      turns.begin()
      link.start()
    },
    retry() {
      link.start()
      link.wake()
      void turns.askAgain().then(settle)
    },
    reopen() {
      link.stop()
      link.start()
    },
    prove: () => link.prove(),
    async stop() {
      floor?.listen(false)
      overlap.stop()
      await silenceVoice()
      functions?.stop()
      compaction.stop()
      link.stop()
      playback.close()
      await journal.settled()
    },
    hear: (frame) => talk.hear(frame),
    press() {
      link.begin()
      if (!talk.press()) return
      isTypedOver = false
      floor?.key(true)
      void interrupt(config.mode === 'manual' ? 'turn' : 'hush')
      settle()
    },
    release() {
      const outcome = talk.release()
      floor?.key(false)
      // A press without a word wants silence and nothing else.
      if (outcome === 'too-short' && !isTypedOver) turns.happen({ type: 'interrupted', by: 'tap' })
      isTypedOver = false
      settle()
      return outcome
    },
    async say(text, asTyped, pictures) {
      if (pictures && !carrier.takesPictures()) throw new SayError(picturesUntaken)
      const shown = pictures && pictures.length > 0 ? { pictures: [...pictures] } : {}
      const turn = newId('u')
      const after = journal.lastTurn()
      link.begin()
      const silent = interrupt('turn')
      isTypedOver = true
      const stored = journal.append(typedTurn({ turn, text, after, asTyped, ...shown }))
      turns.type({ turn, text, ...shown })
      await silent
      settle()
      await stored
    },
    hush: () => interrupt('hush'),
    setResting(rests) {
      if (rests) talk.rest()
      link.setResting(rests)
    },
    setTurnMode(mode, eagerness) {
      config = { ...config, mode, eagerness }
      talk.setMode(mode)
      floor?.listen(mode !== 'manual')
      current()?.followConfig()
      if (mode === 'manual') events.emit('hearing', false)
      settle()
    },
    takeBack: () => rollingBack.takeBack(),
    putBack: () => rollingBack.putBack(),
    removePicture: (digest) => journal.append([{ type: 'picture-removed', digest }]),
    dropDraft: () => journal.append([{ type: 'draft-dropped' }]),
    holds: () => current()?.memory.view(journal.conversation()) ?? noHolds,
    context: () => compaction.context(),
    tell: (told) => functions?.tell(told),
    phase: () => link.phase(),
    isQuiet,
    health: () => ({ ...uplink.health(), ...(current()?.counts() ?? noCounts) }),
  }
}
