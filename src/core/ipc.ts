// The whole contract between main and a window, written once: what a window may ask (name, argument, answer) and what it
// is told. Electron's IPC and the web server both carry it; main/app answers it. Every argument passes its schema.
import { z } from 'zod'
import type { ApprovalView, SpendingView, TaskView, ToolView } from './agent/task.ts'
import type { StoredChange } from './conversation/change.ts'
import type { Happened } from './health/happened.ts'
import type { HoldsView } from './conversation/holds.ts'
import type { HealthView } from './health/window.ts'
import type { TrashEntry } from './trash-entry.ts'
import type { ModelView } from './local-models.ts'
import type { DeviceNames, Trial } from './trial-views.ts'
import { mcpServerSchema, settingsSchema, type Settings } from './settings.ts'
import { pictureRequests, shownPictures, type PictureAnswers } from './picture-requests.ts'
import { dataRequests, type DataAnswers } from './data-requests.ts'
import { service, serviceRequests, type PhraseNotice, type ServiceAnswers } from './service-requests.ts'
import { ask, toolServerRequests, type ToolServerAnswers } from './tool-server-requests.ts'
import { linkRequests, type LinkAnswers } from './devices/requests.ts'
import type { LinkView, OwnDevice } from './devices/view.ts'
import { priceSchema } from './spending/prices.ts'
import type { ConversationEntry, EarlierPart, FoundPlace, ListPart, ShownConversation } from './shown-parts.ts'
import type { LineView, NamedView, Presence, Sending, TalkKeyView, TalkMode } from './views.ts'

const nothing = z.null()
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
/** As long as in the record (conversation/change.ts). */
const turn = z.string().min(1).max(64)

export type Service = z.infer<typeof service>

/** `resting`: closed while nobody needs it, and opened at once on need. */
export type DeviceView =
  { type: 'closed' } | { type: 'open' } | { type: 'resting' } | { type: 'missing'; message: string }

export interface AppState {
  presence: Presence
  line: LineView
  mode: TalkMode
  muted: boolean
  /** `latched`: a tap began it, the next one ends it. */
  talking: 'up' | 'held' | 'latched'
  talkKey: TalkKeyView
  microphone: DeviceView
  speaker: DeviceView
  /** The disk refuses what is said; it is kept in memory and tried again. */
  unsaved: boolean
  floor?: { device: string; name: string } | null
  sending?: Sending
  named?: NamedView
  model?: ModelView
  /** The person's turn that was not answered; `retry` asks it again, by its words or its sound. */
  unanswered: string | null
}

/** Where a key given now would be kept: encrypted by the system, readable on disk (only if the person agrees), or nowhere. */
export interface KeyView {
  keeping: 'encrypted' | 'plain' | 'session'
  /** The services that have a key. The key itself never goes to a window. */
  held: Service[]
}

/** Everything a window begins with. */
export interface Look {
  version: string
  /** The computer’s wall clock, by which everything is dated. */
  nowMs: number
  /** In a browser there is no tray, no key outside the window and no start at login. */
  shell: 'electron' | 'browser'
  conversation: ShownConversation
  state: AppState
  settings: Settings
  /** The newest of them; `more` of them come after the last one. */
  conversations: readonly ConversationEntry[]
  more?: number
  health: HealthView
  keys: KeyView
  /** Of this conversation, oldest first. */
  tasks: TaskView[]
  /** What the person is being asked now. */
  approvals: ApprovalView[]
  spending: SpendingView
  device?: OwnDevice
}

export interface ExportedFile {
  name: string
  text: string
}

/** Each with the right that a second device needs to ask it; `here`: only this computer's own window may. */
export const requests = {
  look: ask(nothing, 'read'),
  /** The newest part of the conversation again, after a gap in the changes. */
  snapshot: ask(nothing, 'read'),
  /** The part before that turn, as far back as `through` where that is given. */
  earlier: ask(z.object({ before: turn, through: turn.optional() }), 'read'),
  /** The conversations that come after that one in the list. */
  list: ask(z.object({ after: id }), 'read'),
  /** Words, pictures, or both. `asTyped`: what looks like a key in it is not masked. */
  say: ask(
    z
      .object({
        text: z.string().trim().max(8_000),
        asTyped: z.literal(true).optional(),
        pictures: shownPictures.optional(),
      })
      .refine(({ text, pictures = [] }) => text !== '' || pictures.length > 0, 'there is nothing in it.'),
    'type',
  ),
  /**
   * The talk control or key. A short press latches, a long one holds; `lost` releases whatever is held. `handMs` is when the
   * hand did it by the window's own clock.
   */
  talk: ask(z.object({ edge: z.enum(['down', 'up', 'lost']), handMs: z.number().nonnegative().optional() }), 'talk'),
  hush: ask(nothing, 'type'),
  /** Stops a task; nothing of it goes on. */
  'cancel-task': ask(z.object({ task: z.string().min(1).max(64) }), 'type'),
  /** A draft, failed or cancelled task once more, as it was asked for. */
  'retry-task': ask(z.object({ task: z.string().min(1).max(64) }), 'type'),
  /** The person's answer to one question, by click or key. */
  approve: ask(
    z.object({ approval: id, digest: z.string().regex(/^[0-9a-f]{64}$/), approved: z.boolean() }),
    'approve',
  ),
  /** The question stays open for its whole time again. */
  'more-time': ask(z.object({ approval: id }), 'approve'),
  /** Something moved under the person's hand: the half second in which no answer counts begins anew. */
  'approval-moved': ask(nothing, 'approve'),
  mute: ask(z.object({ muted: z.boolean() }), 'talk'),
  mode: ask(z.object({ mode: z.enum(['hold', 'hands-free', 'by-name']) }), 'talk'),
  /** Try the line, the microphone and the speaker again now. */
  retry: ask(nothing, 'type'),
  /** The network is back or another one: the line proves itself or is replaced. */
  prove: ask(nothing, 'read'),
  /** Takes the last exchange out of the conversation; its words become the conversation's draft. */
  'take-back': ask(nothing, 'type'),
  /** Undoes that, until something else is said. */
  'put-back': ask(nothing, 'type'),
  /** The person does without the draft. */
  'drop-draft': ask(nothing, 'type'),
  /** What the model holds, item by item, with its proof. */
  holds: ask(nothing, 'read'),
  begin: ask(nothing, 'type'),
  open: ask(z.object({ id }), 'type'),
  rename: ask(z.object({ id, title: z.string().trim().min(1).max(120) }), 'type'),
  remove: ask(z.object({ id }), 'manage'),
  restore: ask(z.object({ id }), 'manage'),
  trash: ask(nothing, 'manage'),
  /** After it no file of Parley's holds the conversation's words; there is no way back. */
  'delete-for-good': ask(z.object({ id }), 'here'),
  'empty-trash': ask(nothing, 'here'),
  export: ask(z.object({ id, format: z.enum(['markdown', 'json']) }), 'read'),
  find: ask(z.object({ text: z.string().trim().min(1).max(200) }), 'read'),
  ...dataRequests,
  /** What nobody has read yet about the state of the person's files; from then on it is told as it is found. */
  troubles: ask(nothing, 'here'),
  settings: ask(settingsSchema.partial().strict(), 'manage'),
  /** What a model costs from now on, as prices name it. */
  'set-price': ask(z.object({ model: z.string().min(1).max(400), price: priceSchema }), 'here'),
  devices: ask(nothing, 'here'),
  tools: ask(nothing, 'manage'),
  'switch-tool': ask(z.object({ tool: z.string().min(1).max(64), on: z.boolean() }), 'here'),
  /** Opens the system's dialog for a folder; nothing is granted by that. */
  'pick-folder': ask(z.object({ pick: z.literal('folder') }), 'here'),
  /** Lets tools see a folder (absolute path, or one from `~` on), or no longer. */
  'grant-folder': ask(z.object({ path: z.string().min(1).max(4_096) }), 'here'),
  'revoke-folder': ask(z.object({ path: z.string().min(1).max(4_096) }), 'here'),
  /** A server of tools; each of its tools is off until it is switched on. */
  'add-mcp': ask(z.object({ server: mcpServerSchema }), 'here'),
  'remove-mcp': ask(z.object({ name: z.string().min(1).max(24) }), 'here'),
  ...toolServerRequests,
  ...pictureRequests,
  ...linkRequests,
  /** While it is on, the microphone is open and its level is told. */
  'try-microphone': ask(z.object({ on: z.boolean() }), 'here'),
  'try-speaker': ask(nothing, 'here'),
  /** One sentence in that voice of the service that is set; empty for its usual one. */
  'preview-voice': ask(z.object({ voice: z.string().max(64) }), 'manage'),
  /** A turn of this conversation once more, by the voice; nothing of it gets into the conversation. */
  'read-aloud': ask(z.object({ turn }), 'type'),
  ...serviceRequests,
  /** What happened to the line between two moments (wall clock) of the last week. */
  happened: ask(z.object({ fromMs: z.number().int().nonnegative(), toMs: z.number().int().nonnegative() }), 'read'),
  /** A file to send along when something does not work: no key, no sound, no word of a conversation. */
  diagnostics: ask(nothing, 'here'),
  /** Of any length; what can't be sent is refused in a sentence. `plain`: the person agreed that it is written to disk unencrypted where the system has no keyring. */
  'set-key': ask(z.object({ service, key: z.string().min(1).max(16_384), plain: z.boolean() }), 'here'),
  'remove-key': ask(z.object({ service }), 'here'),
} as const

export type RequestName = keyof typeof requests
export type ArgumentOf<Name extends RequestName> = z.infer<(typeof requests)[Name]['argument']>

export interface Answers extends ToolServerAnswers, PictureAnswers, DataAnswers, LinkAnswers, ServiceAnswers {
  look: Look
  snapshot: ShownConversation
  earlier: EarlierPart
  list: ListPart
  say: null
  talk: null
  hush: null
  'cancel-task': null
  'retry-task': null
  approve: null
  'more-time': null
  'approval-moved': null
  mute: null
  mode: null
  retry: null
  prove: null
  'take-back': null
  'put-back': null
  'drop-draft': null
  holds: HoldsView
  begin: null
  open: null
  rename: null
  /** What is shown now. */
  remove: { current: string }
  restore: null
  trash: TrashEntry[]
  'delete-for-good': TrashEntry[]
  'empty-trash': TrashEntry[]
  export: ExportedFile
  /** The newest conversations that hold these words. */
  find: FoundPlace[]
  troubles: string[]
  settings: Settings
  'set-price': SpendingView
  devices: DeviceNames
  tools: ToolView[]
  'switch-tool': ToolView[]
  'pick-folder': { path: string | null }
  'grant-folder': Settings
  'revoke-folder': Settings
  'add-mcp': Settings
  'remove-mcp': Settings
  'try-microphone': Trial
  'try-speaker': Trial
  'preview-voice': null
  'read-aloud': null
  happened: Happened
  diagnostics: ExportedFile
  'set-key': KeyView
  'remove-key': KeyView
}

/** `message` is for the person: what is wrong and what to do next. */
export interface AskError {
  kind: 'invalid' | 'refused' | 'missing' | 'failed'
  message: string
}

export type Reply<Value = unknown> = { ok: true; value: Value } | { ok: false; error: AskError }

export type Reading = { turn: string } | 'voice'

/** What main tells. High-rate ones (caption, position, level) are no history and may be dropped. */
export type Notice =
  | { type: 'snapshot'; conversation: ShownConversation }
  | { type: 'change'; conversation: string; stored: StoredChange }
  | { type: 'caption'; role: 'user' | 'assistant'; item: string; text: string }
  /** How far the voice's item got: `playedMs` left the speaker, `receivedMs` of it has arrived. */
  | { type: 'position'; item: string; playedMs: number; receivedMs: number }
  /** dBFS, ten a second while something sounds or is tried. */
  | { type: 'level'; microphone: number; speaker: number }
  | PhraseNotice
  /** What is read aloud beside the talk: a turn, a voice that is tried, or nothing any more. */
  | { type: 'reading'; of: Reading | null }
  | { type: 'state'; state: AppState }
  | { type: 'health'; health: HealthView }
  /** From the app's own menu: the window opens this. */
  /** From outside the app: these words come into the field. They are sent when the person sends them. */
  | { type: 'fill'; text: string }
  | { type: 'go'; to: 'settings' | 'palette' | 'shortcuts' | 'find' }
  /** One plain sentence about something that happened. `spoken`: the voice says it, too. */
  | { type: 'notice'; level: 'note' | 'error'; message: string; spoken?: true }
  | { type: 'settings'; settings: Settings }
  | { type: 'conversations'; conversations: readonly ConversationEntry[]; more?: number }
  /** One conversation is new in the list, or is another than before. */
  | { type: 'listed'; entry: ConversationEntry }
  | { type: 'unlisted'; id: string }
  | { type: 'keys'; keys: KeyView }
  | { type: 'tasks'; tasks: TaskView[] }
  | { type: 'approvals'; approvals: ApprovalView[] }
  /** The tools or their switches are others. */
  | { type: 'tools'; tools: ToolView[] }
  | { type: 'spending'; spending: SpendingView }
  | { type: 'link'; link: LinkView }
  | { type: 'device'; device: OwnDevice }

/** What a window has of main: Electron's preload exposes it as `window.parley`, a browser builds it on a WebSocket. */
export interface Bridge {
  /** Never rejects. */
  ask<Name extends RequestName>(name: Name, argument: ArgumentOf<Name>): Promise<Reply<Answers[Name]>>
  hear(listen: (notice: Notice) => void): () => void
}

export function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name)
}
