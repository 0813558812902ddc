// The conversation that is being talked in: one record and one companion, replaced together. What it says is passed on as
// notices; which conversation it should be is conversation-switch.ts.
import type { StoredChange } from '../../core/conversation/change.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { Notice } from '../../core/ipc.ts'
import { titleOf } from '../../core/views.ts'
import type { Companion } from '../companion.ts'
import type { Clock, Undo } from '../ports.ts'
import type { StoredConversation } from '../store/conversation.ts'
import { StoreError } from '../store/store-error.ts'
import { createCaptionFlow } from './caption-flow.ts'
import { newestPart } from './pages.ts'

export interface ActiveConversationOpts {
  clock: Clock
  compose: (record: StoredConversation) => Companion
  tell: (notice: Notice) => void
  onStored: (stored: StoredChange) => void
  /** The conversation grew. */
  onGrown: (conversation: Conversation) => void
  /** Something that the state shows may have changed. */
  onMoved: () => void
  /** It was called by its name alone, or listens no more. */
  onNamedSound: (what: 'opened' | 'closed') => void
  /** Called for every companion, before it wakes. Gives the end back. */
  watch: (companion: Companion) => Undo
}

export interface ActiveConversation {
  /** Ends what is being talked in and goes on with what `open` gives. Rejects with `open`'s error and keeps nothing then. */
  put(open: () => Promise<StoredConversation>): Promise<void>
  id(): string | null
  companion(): Companion | null
  conversation(): Conversation | null
  /** The person is heard, from speech's start to its end. */
  isHearing(): boolean
  isSpeaking(): boolean
  isUnsaved(): boolean
  /** The person's turn that was not answered. */
  unanswered(): string | null
  stop(): Promise<void>
}

interface Held {
  record: StoredConversation
  companion: Companion
  undos: Undo[]
}

export function createActiveConversation(opts: ActiveConversationOpts): ActiveConversation {
  const { tell } = opts
  let held: Held | null = null
  let hearing = false
  let speaking = false
  let unsaved = false
  let unanswered: string | null = null

  async function stop(): Promise<void> {
    const ending = held
    held = null
    hearing = speaking = unsaved = false
    unanswered = null
    if (ending === null) return
    captions.stop()
    for (const undo of ending.undos) undo()
    // On a disk that takes nothing its parts would wait for ever.
    ending.record.hasten()
    await ending.companion.stop()
  }

  const captions = createCaptionFlow(opts.clock, (caption) => tell({ type: 'caption', ...caption }))

  function follow(record: StoredConversation, companion: Companion): Undo[] {
    return [
      opts.watch(companion),
      record.onStored((stored) => {
        const { change } = stored
        if (change.type === 'words-heard' || change.type === 'words-spoken') captions.settle(change.turn)
        opts.onStored(stored)
        tell({ type: 'change', conversation: record.id, stored })
        opts.onGrown(record.conversation())
        nameByFirstWords(record)
      }),
      record.onUnsaved((now) => {
        unsaved = now
        opts.onMoved()
      }),
      companion.on('caption', (caption) => captions.push(caption)),
      companion.on('hearing', (now) => {
        hearing = now
        opts.onMoved()
      }),
      companion.on('speaking', (now) => {
        speaking = now
        opts.onMoved()
      }),
      companion.onTask(() => tell({ type: 'tasks', tasks: [...companion.tasks()] })),
      companion.onApprovals((approvals) => tell({ type: 'approvals', approvals: [...approvals] })),
      companion.on('unanswered', (turn) => {
        unanswered = turn
        opts.onMoved()
      }),
      companion.on('phase', () => opts.onMoved()),
      companion.onSending(() => opts.onMoved()),
      companion.onNamedSound(opts.onNamedSound),
      companion.onSendingTrouble((message) => tell({ type: 'notice', level: 'note', message })),
      companion.on('answered', () => opts.onMoved()),
      companion.on('notice', ({ message }) => tell({ type: 'notice', level: 'note', message })),
    ]
  }

  return {
    async put(open) {
      await stop()
      const record = await open()
      const companion = opts.compose(record)
      held = { record, companion, undos: follow(record, companion) }
      // It may have been refused before anybody listened.
      unsaved = record.isUnsaved()
      tell({ type: 'snapshot', conversation: newestPart(record.conversation()) })
      tell({ type: 'tasks', tasks: [...companion.tasks()] })
      tell({ type: 'approvals', approvals: [...companion.approvals()] })
      opts.onMoved()
    },
    id: () => held?.record.id ?? null,
    companion: () => held?.companion ?? null,
    conversation: () => held?.record.conversation() ?? null,
    isHearing: () => hearing,
    isSpeaking: () => speaking,
    isUnsaved: () => unsaved,
    unanswered: () => unanswered,
    stop,
  }
}

/** With the first of them that can be opened; what can't be is told. Rejects as `put` does when it is the last. */
export async function putFirst(
  entries: readonly { id: string; title: string }[],
  put: (id: string) => Promise<void>,
  tell: (message: string) => void,
): Promise<void> {
  for (const [at, { id, title }] of entries.entries()) {
    try {
      await put(id)
      return
    } catch (error) {
      if (!(error instanceof StoreError) || at === entries.length - 1) throw error
      tell(`“${title}” can’t be opened. ${error.message}`)
    }
  }
}

/** Until the person gives it a name, a conversation is called by what was said first. */
function nameByFirstWords(record: StoredConversation): void {
  const { title, turns } = record.conversation()
  if (title !== '') return
  const first = turns.find(({ role, text, pictures }) => role === 'user' && (text.trim() !== '' || pictures))
  const words = first?.text.trim() === '' ? first.pictures?.[0]?.name : first?.text
  if (words === undefined) return
  const name = titleOf(words)
  // A record that refuses has told so already.
  if (name !== '') record.append([{ type: 'conversation-renamed', title: name }]).catch(() => undefined)
}
