// The one stream of changes: everything that happens to a conversation, as small plain values.
// They are stored, folded (reduce.ts), shown and restored from; high-rate things (levels, caption
// deltas, playback position) travel beside this stream and are never stored.
import { z } from 'zod'
import { digestSchema, picturesSchema } from '../pictures/picture-schema.ts'

/** Ids of turns are the ids of the service's conversation items, at most 32 characters, so that a restored item keeps its name. */
const turnId = z.string().min(1).max(64)
const text = z.string()
const ms = z.number().int().nonnegative()

const counted = z.number().int().nonnegative()
/** Not counted in older records. */
const later = counted.default(0)

/** What one request cost, in tokens where the name says nothing else. */
export const usageSchema = z.object({
  inputTextTokens: counted,
  inputAudioTokens: counted,
  inputImageTokens: later,
  /** A part of the input tokens, never to be added to them: all of them, and of these the sound and the pictures. */
  cachedTokens: counted,
  cachedAudioTokens: later,
  cachedImageTokens: later,
  /** A part of the input's text, too: what was put into the cache for the next request. */
  cacheWriteTokens: later,
  outputTextTokens: counted,
  outputAudioTokens: counted,
  /** Sound that is paid by its length. */
  heardMs: later,
  /** Searches that the service itself made. */
  searches: later,
})

/**
 * What became of a turn of the person. `answered`: and heard to the end. `cut`: answered and interrupted. `shown`: answered in
 * writing alone. `unanswered`: nobody answered; it is offered again. `withdrawn`: the person wants no answer.
 */
export const fateSchema = z.enum(['answered', 'cut', 'shown', 'unanswered', 'withdrawn'])
export type Fate = z.infer<typeof fateSchema>

export const changeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation-started'), conversation: z.string(), title: text }),
  z.object({ type: z.literal('conversation-renamed'), title: text }),
  /** A turn takes its place: behind `after`, at the front when that is null. Its words come later. */
  z.object({
    type: z.literal('turn-started'),
    turn: turnId,
    role: z.enum(['user', 'assistant']),
    via: z.enum(['voice', 'text']),
    after: turnId.nullable(),
  }),
  /** The final words of the person's turn, as transcribed or typed. */
  z.object({
    type: z.literal('words-heard'),
    turn: turnId,
    text,
    /** The person wants what looks like a key in it kept as it is. */
    asTyped: z.literal(true).optional(),
    /** What the person showed with them, or without any. */
    pictures: picturesSchema.optional(),
  }),
  /** The person deleted a picture: of its turns only that is kept. Its bytes go. */
  z.object({ type: z.literal('picture-removed'), digest: digestSchema }),
  /** The person's turn has no words: recognition failed; the reason is for the person. */
  z.object({ type: z.literal('words-lost'), turn: turnId, reason: text }),
  /** The voice's whole turn as generated. `audioMs` is its length when spoken in full, 0 for a written answer. */
  z.object({ type: z.literal('words-spoken'), turn: turnId, text, audioMs: ms }),
  /** Playback of the voice's turn ended; `heard` is the part of its words that left the speaker. */
  z.object({ type: z.literal('played'), turn: turnId, playedMs: ms, heard: text, cut: z.boolean() }),
  z.object({ type: z.literal('turn-failed'), turn: turnId, reason: text }),
  z.object({ type: z.literal('turn-removed'), turn: turnId }),
  /** The fate of a turn of the person is known; `reason` is for the person. One that is asked again gets another. */
  z.object({ type: z.literal('turn-settled'), turn: turnId, fate: fateSchema, reason: text.optional() }),
  z.object({
    type: z.literal('tool-asked'),
    call: z.string(),
    after: turnId.nullable(),
    name: z.string(),
    arguments: z.string(),
    /** The task it belongs to; absent for the voice's own quick tools. */
    task: z.string().optional(),
  }),
  z.object({ type: z.literal('tool-started'), call: z.string() }),
  z.object({
    type: z.literal('tool-ended'),
    call: z.string(),
    outcome: z.enum(['ended', 'failed', 'cancelled', 'unknown']),
    output: z.string(),
  }),
  /** The agent begins a long piece of work; its own items are kept beside the conversation (main/agent). */
  z.object({ type: z.literal('task-started'), task: z.string(), request: text, after: turnId.nullable() }),
  z.object({
    type: z.literal('task-ended'),
    task: z.string(),
    outcome: z.enum(['done', 'failed', 'cancelled', 'draft']),
    result: text,
  }),
  /** Everything up to and including `through` is carried to later sessions by this summary; the turns stay in the record. */
  z.object({ type: z.literal('compacted'), summary: text, through: turnId }),
  /** This endpoint does not take an item of the turn, the call or the summary: its sessions do without from now on. */
  z.object({
    type: z.literal('left-out'),
    of: z.enum(['turn', 'call', 'summary']),
    /** Of the turn or call; of a summary the turn that it reaches through. */
    id: z.string(),
    endpoint: z.string(),
    reason: text,
  }),
  /**
   * Back to how the conversation stood at the change `to`: these turns and calls are no part of it any more. The person's
   * words among them are kept as a draft.
   */
  z.object({
    type: z.literal('rolled-back'),
    to: z.number().int().nonnegative(),
    turns: z.array(turnId),
    calls: z.array(z.string()),
    draft: text.nullable(),
    why: z.enum(['failed', 'taken-back']),
  }),
  /** Undoes the last `rolled-back`. */
  z.object({ type: z.literal('put-back') }),
  z.object({ type: z.literal('draft-dropped') }),
  z.object({
    type: z.literal('session-opened'),
    session: z.string(),
    endpoint: z.string(),
    model: z.string(),
    restored: z.number().int().nonnegative(),
  }),
  z.object({ type: z.literal('session-closed'), session: z.string(), reason: text }),
  /**
   * `model` and `task` are absent in older records and for the voice's own turns without a named model; the model that read
   * what was said is another than the one that answers it, and is named.
   */
  z.object({
    type: z.literal('tokens-used'),
    usage: usageSchema,
    model: z.string().optional(),
    task: z.string().optional(),
  }),
])

export type Change = z.infer<typeof changeSchema>
export type Usage = z.infer<typeof usageSchema>

/** A change with its place in the record. `seq` rises by one from 1; `atMs` is wall-clock milliseconds since 1970. */
export const storedChangeSchema = z.object({ seq: z.number().int().positive(), atMs: z.number(), change: changeSchema })
export type StoredChange = z.infer<typeof storedChangeSchema>
