// The app's verbs, the same for a window, a tray or a command line: wake, hush, mute, say, press, release, stop.
// It joins the microphone to the voice session and the record to whoever shows it; it decides nothing.
import { picturesIn } from '../core/conversation/fold-back.ts'
import type { Conversation } from '../core/conversation/reduce.ts'
import type { Picture } from '../core/pictures/picture.ts'
import type { StoredChange } from '../core/conversation/change.ts'
import type { Eagerness, TurnMode } from '../core/realtime/commands.ts'
import type { ApprovalView, TaskView } from '../core/agent/task.ts'
import type { PressOutcome } from '../core/turn/push-to-talk.ts'
import type { NamedView, Sending } from '../core/views.ts'
import type { Hearing } from './audio/hearing.ts'
import { createNameListener } from './audio/name-listener.ts'
import type { AgentCounts } from './agent/counts.ts'
import { createSentSpeech } from './audio/sent-speech.ts'
import type { Work } from './compose-work.ts'
import { createNamedTalk, type Naming } from './named-talk.ts'
import type { Clock, ConversationRecord, GivenPicture, Microphone, SoundTrouble, Speaker, Undo } from './ports.ts'
import type { VoiceSession } from './voice/session.ts'

/** A picture that comes in, or one that the conversation has already. */
export type ShownPicture = GivenPicture | { digest: string }

export interface CompanionOpts {
  session: VoiceSession
  record: ConversationRecord
  microphone: Microphone
  speaker: Speaker
  /** Hands-free sends only speech, where somebody can tell. */
  onlySpeech: boolean
  handsFree: boolean
  /** Talking by a name, where it is wanted and what knows it is there. */
  named?: { clock: Clock; hearing: Hearing; naming: Naming | null }
  /** Null where it only talks. */
  work: Work | null
}

export interface Companion {
  on: VoiceSession['on']
  /** Hears every change once it is on disk; only then is it shown as final. */
  onStored(listen: (stored: StoredChange) => void): Undo
  onTrouble(listen: (trouble: SoundTrouble) => void): Undo
  conversation(): Conversation
  /** Opens the speaker, the microphone and the line. Rejects with SoundError when there is no sound. */
  wake(): Promise<void>
  /** @param asTyped what looks like a key in it is kept */
  say(text: string, asTyped?: true, shown?: readonly ShownPicture[]): Promise<void>
  /** The bytes of a picture of this conversation; null when they are there no more. */
  picture(digest: string): Promise<{ type: string; bytes: Uint8Array } | null>
  /** Something more for a task that is at work. False when it has come to its end. */
  addToTask(task: string, text: string, shown: readonly ShownPicture[]): Promise<boolean>
  /** Deletes the picture for good, in every turn that shows it. */
  removePicture(digest: string): Promise<void>
  press(): void
  release(): PressOutcome | null
  hush(): Promise<void>
  mute(muted: boolean): void
  setTurnMode(mode: TurnMode, eagerness: Eagerness): void
  setOnlySpeech(only: boolean): void
  /** How it is called; null: it need not be. */
  setNaming(naming: Naming | null): void
  /** The person has the microphone of another device in hand. */
  holdOpen(held: boolean): void
  /** The phrase is being tried: it opens nothing. */
  pauseNaming(paused: boolean): void
  named(): NamedView | null
  /** Opened by the phrase alone, or closed. */
  onNamedSound(listen: (what: 'opened' | 'closed') => void): Undo
  /** What of the microphone's sound is sent now, and of it since it woke. */
  sending(): Sending
  sendingCounts(): { sentMs: number; keptMs: number }
  onSending(listen: (sending: Sending) => void): Undo
  /** Something about what is sent that the person should know. */
  onSendingTrouble(listen: (message: string) => void): Undo
  isQuiet(): boolean
  phase: VoiceSession['phase']
  health: VoiceSession['health']
  /** Of what the agent's service sent; null where it only talks. */
  workHealth(): Pick<AgentCounts, 'unknown' | 'broken' | 'losses'> | null
  tasks(): readonly TaskView[]
  onTask(listen: (task: TaskView) => void): Undo
  cancelTask(task: string): void
  retryTask(task: string): void
  /** Questions that wait for a click or a key; nothing that is said answers them. */
  approvals(): readonly ApprovalView[]
  onApprovals(listen: (open: readonly ApprovalView[]) => void): Undo
  /** False when the question is over or this answer is not for it. */
  approve(id: string, digest: string, approved: boolean): boolean
  /** The person wants more time for the question. False when it is over. */
  extendApproval(id: string): boolean
  /** Something moved under the person's hand. */
  approvalMoved(): void
  /** The voice tells it at the next quiet moment, or only knows it. */
  tell: VoiceSession['tell']
  /** Tries the line again now, and asks again what was not answered. */
  retry(): void
  /** Ends the line and asks anew where to connect. */
  reopen(): void
  /** The line may have died unnoticed: it has a second to answer, else it is replaced. */
  prove(): void
  takeBack: VoiceSession['takeBack']
  putBack: VoiceSession['putBack']
  dropDraft: VoiceSession['dropDraft']
  /** What the model holds, and how full its memory is. */
  holds: VoiceSession['holds']
  context: VoiceSession['context']
  /** Ends the line, the sound and the record, in that order. */
  stop(): Promise<void>
}

const nothing: Undo = () => undefined

export function createCompanion(opts: CompanionOpts): Companion {
  const { session, record, microphone, speaker, work } = opts
  let { onlySpeech, handsFree } = opts
  let muted = false
  const undo: Undo[] = []
  let isAwake = false
  const speech = createSentSpeech({
    microphone,
    send(frame) {
      if (isAwake) session.hear(frame)
    },
  })
  const named =
    opts.named &&
    createNamedTalk({
      ...opts.named,
      session,
      record,
      speech,
      listener: createNameListener({ microphone, hearing: opts.named.hearing }),
    })
  let naming = opts.named?.naming ?? null
  function choose(): void {
    speech.choose({ onlySpeech, handsFree, byName: naming !== null })
    named?.choose(handsFree ? naming : null)
  }

  /** What of it is new is on disk when this resolves. Rejects with StoreError. */
  async function keep(shown: readonly ShownPicture[]): Promise<readonly Picture[]> {
    const known = picturesIn(record.conversation())
    const kept = [...(await record.pictures.keep(shown.filter((one) => 'bytes' in one)))]
    return shown.flatMap((one) =>
      'bytes' in one ? kept.splice(0, 1) : known.filter(({ digest }) => digest === one.digest).slice(0, 1),
    )
  }

  return {
    on: session.on,
    onStored: (listen) => record.onStored(listen),
    onTrouble(listen) {
      const both = [microphone.onTrouble(listen), speaker.onTrouble(listen)]
      return () => both.forEach((one) => one())
    },
    conversation: () => record.conversation(),
    async wake() {
      speaker.floor?.mute(muted)
      isAwake = true
      choose()
      undo.push(
        session.on('hearing', speech.serviceHears),
        record.onStored(({ change }) => {
          if (change.type === 'turn-started' && change.role === 'user' && change.via === 'voice') speech.taken()
        }),
      )
      // The line needs longest, so it begins first; what is said meanwhile is kept.
      session.start()
      await speaker.open()
      await microphone.open()
    },
    async say(text, asTyped, shown = []) {
      if (shown.length === 0) return session.say(text, asTyped)
      const pictures = await keep(shown)
      // What stands in it may be anybody's words.
      work?.toolbox.heard('picture')
      return session.say(text, asTyped, pictures)
    },
    async addToTask(task, text, shown) {
      const agent = work?.agent
      if (agent?.tasks().some(({ id, endedMs }) => id === task && endedMs === null) !== true) return false
      const pictures = await keep(shown)
      return agent.add(task, text === '' ? 'These pictures.' : text, pictures)
    },
    async picture(digest) {
      const picture = picturesIn(record.conversation()).find((one) => one.digest === digest)
      const bytes = picture ? await record.pictures.read(picture) : null
      return picture && bytes ? { type: picture.type, bytes } : null
    },
    async removePicture(digest) {
      await session.removePicture(digest)
      await record.pictures.settled()
    },
    press() {
      named?.call()
      session.press()
    },
    release: () => session.release(),
    hush: () => session.hush(),
    mute(now) {
      muted = now
      speaker.floor?.mute(now)
      speech.mute(now)
      named?.mute(now)
    },
    setTurnMode(mode, eagerness) {
      session.setTurnMode(mode, eagerness)
      handsFree = mode !== 'manual'
      choose()
    },
    setOnlySpeech(only) {
      onlySpeech = only
      choose()
    },
    setNaming(now) {
      naming = now
      choose()
    },
    holdOpen: (held) => named?.hold(held),
    pauseNaming(paused) {
      named?.pause(paused)
      // Whoever tried it has had the detector.
      if (!paused) choose()
    },
    named: () => named?.view() ?? null,
    onNamedSound: (listen) => named?.onSound(listen) ?? nothing,
    sending: speech.sending,
    sendingCounts: speech.counts,
    onSending(listen) {
      const both = [speech.onMoved(listen), named?.onMoved(() => listen(speech.sending()))]
      return () => both.forEach((one) => one?.())
    },
    onSendingTrouble(listen) {
      const both = [speech.onTrouble(listen), named?.onTrouble(listen)]
      return () => both.forEach((one) => one?.())
    },
    isQuiet: () => session.isQuiet(),
    phase: () => session.phase(),
    health: () => session.health(),
    workHealth: () => work?.agent.connections.counts() ?? null,
    tasks: () => work?.agent.tasks() ?? [],
    onTask: (listen) => work?.agent.onTask(listen) ?? nothing,
    cancelTask: (task) => work?.agent.cancel(task),
    retryTask: (task) => work?.agent.retry(task),
    approvals: () => work?.toolbox.approvals() ?? [],
    onApprovals: (listen) => work?.toolbox.onApprovals(listen) ?? nothing,
    approve: (id, digest, approved) => work?.toolbox.answer(id, digest, approved) ?? false,
    extendApproval: (id) => work?.toolbox.extend(id) ?? false,
    approvalMoved: () => work?.toolbox.moved(),
    tell: (told) => session.tell(told),
    reopen: () => session.reopen(),
    retry: () => session.retry(),
    prove: () => session.prove(),
    takeBack: () => session.takeBack(),
    putBack: () => session.putBack(),
    dropDraft: () => session.dropDraft(),
    holds: () => session.holds(),
    context: () => session.context(),
    async stop() {
      for (const one of undo) one()
      isAwake = false
      named?.stop()
      speech.stop()
      await work?.stop()
      await session.stop()
      await Promise.all([microphone.close(), speaker.close()])
      await record.close()
    },
  }
}
