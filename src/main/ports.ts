// Everything main needs from outside, on one page. Real parts and fakes implement the same interfaces;
// compose.ts chooses. Whoever registers a listener or a timer gets its undo back.
import type { SecureContext } from 'node:tls'
import type { Undo } from '../core/emitter.ts'
import type { Change, StoredChange } from '../core/conversation/change.ts'
import type { Conversation } from '../core/conversation/reduce.ts'
import type { Picture } from '../core/pictures/picture.ts'

export type { Undo }

export interface Clock {
  /** Wall clock, milliseconds since 1970; may jump. For records only. */
  nowMs(): number
  /** Rises steadily; the origin is arbitrary. For every interval. */
  monotonicMs(): number
  /** Calls `act` once after `delayMs` unless undone. */
  after(delayMs: number, act: () => void): Undo
}

/** A number in [0, 1). */
export type Random = () => number

/** What went wrong with a sound device, in the order a person would ask. */
export interface SoundTrouble {
  part: 'microphone' | 'speaker' | 'process'
  /** One plain sentence with the next step. */
  message: string
  /** False while the part is being replaced, true when it is given up. */
  fatal: boolean
}

/** Frames are 20 ms: 480 samples of 24 kHz mono PCM16. */
export interface Microphone {
  onFrame(listen: (frame: Int16Array) => void): Undo
  /** A file or pipe has been read to its end; silence follows. A device never ends. */
  onEnd(listen: () => void): Undo
  onTrouble(listen: (trouble: SoundTrouble) => void): Undo
  /** Resolves when frames flow. Throws SoundError when there is no such device or file. */
  open(): Promise<void>
  close(): Promise<void>
  /** Absent where nobody judges beside the microphone. */
  readonly speech?: SpeechJudge
}

/** Whether what a microphone gives is speech. */
export interface SpeechJudge {
  /** From now on, or no more. */
  listen(on: boolean): void
  /** Told before the frame that it comes with: of each moment of 32 ms how probably it was speech; null: it can't be judged. */
  onJudged(listen: (speech: readonly number[] | null) => void): Undo
}

/** How far an item got: `playedMs` counts frames that were committed to the device, `item` is its id. */
export interface PlayedItem {
  item: string
  playedMs: number
}

/** A speaker that is always open and fed silence between items. Items play in the order of their first samples. */
export interface Speaker {
  open(): Promise<void>
  /** Appends 24 kHz mono PCM16 of any length to `item`. */
  play(item: string, samples: Int16Array): void
  /** No more samples will come for `item`; its end is reported by `ended`. */
  finish(item: string): void
  /**
   * Silences at once (5 ms fade) and forgets everything queued. Resolves to every item that was begun or queued and
   * had not ended, with what was played of it (0 for those still waiting), oldest first. Empty when nothing was playing.
   */
  cut(): Promise<PlayedItem[]>
  /** Position of the item being played, about 20 times a second. */
  onPosition(listen: (at: PlayedItem) => void): Undo
  /** The item was played to its end (never after a cut). */
  onEnded(listen: (at: PlayedItem) => void): Undo
  onTrouble(listen: (trouble: SoundTrouble) => void): Undo
  /** Absent where nobody judges beside the player: whoever hears somebody speak ends the voice. */
  readonly floor?: Floor
  /** 0–1; absent where nobody hears it. */
  setVolume?(volume: number): void
  health(): SpeakerHealth
  /** Resolves when everything queued has been played (at the latest when closed). */
  drained(): Promise<void>
  close(): Promise<void>
}

export interface SpeakerHealth {
  /** Queued and not yet committed. */
  queuedMs: number
  /** Since opening. */
  underruns: number
  /** Sound that was too much to be kept and was not played. */
  droppedMs?: number
  /** How much of an item must be there before it is played. */
  startMs?: number
}

/** Who has the floor while the voice speaks, judged beside the player from what the microphone gives (core/turn/interruption.ts). */
export interface Floor {
  /** The person may speak over the voice at any moment. */
  listen(on: boolean): void
  /** Nothing of what the person says counts. */
  mute(muted: boolean): void
  /** While the key is down, what sounds is quieter. */
  key(down: boolean): void
  /** The service hears somebody: the voice is silent at once. False where nobody judges: then the caller ends it. */
  serviceHears(): boolean
  /** Words were understood that are no back-channel. */
  wordsHeard(): void
  isJudging(): boolean
  /** `ended`: somebody interrupts; the voice is silent and waits for `cut`. `kept`: it was too little, the voice goes on. */
  onDecided(listen: (decision: 'ended' | 'kept') => void): Undo
}

/** A picture as it comes in; its name is for people. */
export interface GivenPicture {
  name: string
  bytes: Uint8Array
}

/** The pictures of one conversation: their bytes, by their digest. */
export interface PictureBytes {
  /** Resolves when they are on disk. Rejects with StoreError: `invalid` for what is no picture, `too-large`, `refused`. */
  keep(given: readonly GivenPicture[]): Promise<readonly Picture[]>
  /** The bytes are at hand. */
  has(digest: string): boolean
  /** `data:image/…;base64,…`; null when the bytes are not at hand. */
  dataUrl(digest: string): string | null
  /** Null when they are there no more, or damaged. */
  read(picture: Pick<Picture, 'digest' | 'type'>): Promise<Uint8Array | null>
  /** Resolves when what is shown by no turn any more is gone. Never rejects. */
  settled(): Promise<void>
}

/** The record of one conversation. Nothing is acknowledged before it is on disk. */
export interface ConversationRecord {
  readonly id: string
  readonly pictures: PictureBytes
  /** The fold of everything acknowledged so far. */
  conversation(): Conversation
  /** Resolves with the stored changes (one seq each, in order) when they are durable (fdatasync); rejects with StoreError when they cannot be. */
  append(changes: readonly Change[]): Promise<StoredChange[]>
  /** Hears every change once, in order, after it became durable. */
  onStored(listen: (stored: StoredChange) => void): Undo
  /** True while appends are waiting because the disk refuses them. */
  onUnsaved(listen: (unsaved: boolean) => void): Undo
  /** Writes a snapshot and closes the files. Later appends reject. */
  close(): Promise<void>
}

export interface ConversationSummary {
  id: string
  title: string
  startedMs: number
  changedMs: number
  turns: number
}

export interface Conversations {
  list(): Promise<ConversationSummary[]>
  /** Opens the conversation of that id or begins it. Throws StoreError when it is there and can't be read. */
  open(id: string): Promise<ConversationRecord>
}

/** `code` is the close code (1006 without a close frame). */
export interface SocketClose {
  code: number
  reason: string
  /** HTTP status of a refused upgrade, when that is why. */
  status?: number
  retryAfterMs?: number
  /** The code of the error in that answer, `insufficient_quota`. */
  said?: string
  /** The transport's own error, e.g. ECONNREFUSED, when there was one. */
  cause?: string
  /** We ended it: it says nothing about the service. */
  isOurs?: boolean
  /** A proxy on the way refuses, and will the next time: why, in a sentence for the person. */
  barred?: string
}

/** One WebSocket, text frames only. After `closed` nothing is heard any more. */
export interface Socket {
  /** False when the frame was not taken because the socket is not open. */
  send(text: string): boolean
  /** Bytes handed over that have not left this process. */
  bufferedBytes(): number
  /** @param mark comes back with the answer */
  ping(mark: string): void
  /** An orderly close; falls back to terminate after a second. */
  close(code: number, reason: string): void
  /** Ends the connection now, without a handshake. */
  terminate(): void
}

export interface SocketEvents {
  opened(): void
  message(text: string): void
  /** Any sign of life other than a message. A pong answers our own ping, whose mark it carries. */
  alive(isPong: boolean, mark?: string): void
  /** Exactly once, also when the opening failed. */
  closed(close: SocketClose): void
}

/** An HTTP proxy. The name and the password are secrets: what may be shown is host and port. */
export interface Proxy {
  protocol: 'http:' | 'https:'
  /** Without brackets. */
  host: string
  port: number
  user: { name: string; password: string } | null
}

/** How one address is reached. */
export interface Way {
  /** Null: straight. */
  proxy: Proxy | null
  /** Whose certificates are believed; null: those that the runtime brings. */
  trust: SecureContext | null
  /** What is wrong with the certificates that somebody named, as the end of a sentence. */
  problem: string | null
}

/** The part of the global `fetch` that is used. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>

/** The way out of this computer. Rejects with EndpointError where a proxy is set that can't be one. */
export interface WayOut {
  find(url: string): Promise<Way>
  /** The request, with the way that leads there now. */
  by(request: SocketRequest): Promise<SocketRequest>
  /** As the global one, by the way that leads there now. */
  fetch: Fetch
}

export interface SocketRequest {
  url: string
  headers: Record<string, string>
  handshakeTimeoutMs: number
  /** Absent: straight, with the runtime's own certificates. */
  way?: Way
}

/**
 * The keys of services, by name (`openai`, or `compatible` with the server's host). They go to main alone, to no window
 * and to no file of ours in the clear unless the person said so.
 */
export interface Secrets {
  /** Where a key that is set now would go: encrypted by the system, readable on disk, or only into memory. */
  keeping(): Promise<'encrypted' | 'plain' | 'session'>
  get(name: string): Promise<string | null>
  /** @param plain the person agreed to its being written unencrypted where the system has no keyring; memory otherwise */
  set(name: string, key: string, plain: boolean): Promise<void>
  remove(name: string): Promise<void>
}

export type OpenSocket = (request: SocketRequest, events: SocketEvents) => Socket
