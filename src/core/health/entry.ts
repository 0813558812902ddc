// What the health journal remembers of the line: one value an event or sample, and each event in plain words. It holds no
// word of the conversation, no address and no key. Where it is kept is main/health. Times are wall clock, milliseconds.
import { plainCause } from '../connection/plain-cause.ts'
import { z } from 'zod'

const atMs = z.number()
const count = z.number().int().nonnegative()
const ms = z.number().nonnegative()
const words = z.string().max(300)

export const healthEntrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), atMs, version: words }),
  /** `awayMs`: how long the person was without a line, null for the first one. */
  z.object({ type: z.literal('live'), atMs, awayMs: ms.nullable() }),
  z.object({ type: z.literal('handed-over'), atMs, ageMs: ms }),
  z.object({ type: z.literal('restored'), atMs, items: count, refused: count, leftOut: count }),
  z.object({ type: z.literal('lost'), atMs, ageMs: ms, cause: words }),
  z.object({ type: z.literal('missed'), atMs, attempt: count, cause: words }),
  z.object({ type: z.literal('refused'), atMs, message: words }),
  /** The line was ended on purpose: closed, another conversation, or nobody talked for long. */
  z.object({ type: z.literal('ended'), atMs, why: z.enum(['stopped', 'resting']) }),
  /** The person's voice waits for the network, or no longer. */
  z.object({ type: z.literal('slow'), atMs, heldMs: ms }),
  z.object({ type: z.literal('caught-up'), atMs, droppedFrames: count }),
  z.object({
    type: z.literal('sample'),
    atMs,
    roundTripMs: ms.nullable(),
    jitterMs: ms.nullable(),
    /** Since the service was last heard of, null without a line. */
    silentMs: ms.nullable(),
    bufferedBytes: count,
    heldMs: ms,
    queuedMs: ms,
    droppedFrames: count,
    underruns: count,
  }),
])

export type HealthEntry = z.infer<typeof healthEntrySchema>
export type HealthSample = Extract<HealthEntry, { type: 'sample' }>
export type HealthEvent = Exclude<HealthEntry, HealthSample>

export function isSample(entry: HealthEntry): entry is HealthSample {
  return entry.type === 'sample'
}

/** Whether the person was served worse by it than they should be. */
export function isTrouble(event: HealthEvent): boolean {
  return ['lost', 'missed', 'refused', 'slow'].includes(event.type)
}

/** One plain sentence. */
export function describeEvent(event: HealthEvent): string {
  switch (event.type) {
    case 'started':
      return `Parley ${event.version} started.`
    case 'live':
      return event.awayMs === null ? 'The line opened.' : `The line came back after ${spanOf(event.awayMs)}.`
    case 'handed-over':
      return `The session was renewed without a break after ${spanOf(event.ageMs)}.`
    case 'restored':
      return describeRestored(event)
    case 'lost':
      return `The line broke after ${spanOf(event.ageMs)}: ${plainCause(event.cause)}`
    case 'missed':
      return `Attempt ${event.attempt} to connect failed: ${plainCause(event.cause)}`
    case 'refused':
      return event.message
    case 'ended':
      return event.why === 'resting' ? 'The line was closed because nobody talked.' : 'The line was closed.'
    case 'slow':
      return `The network was too slow: ${spanOf(event.heldMs)} of your voice waited.`
    case 'caught-up':
      return event.droppedFrames === 0
        ? 'The network caught up; nothing of your voice was lost.'
        : `The network caught up; ${spanOf(event.droppedFrames * 20)} of your voice did not arrive.`
  }
}

function describeRestored({ items, refused, leftOut }: Extract<HealthEvent, { type: 'restored' }>): string {
  if (items + refused + leftOut === 0) return 'The session began empty.'
  const missing = [
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(leftOut > 0 ? [`${leftOut} older ones left out`] : []),
  ]
  const proof = `The conversation was restored and verified: ${items} of ${items + refused} items`
  return missing.length === 0 ? `${proof}.` : `${proof} (${missing.join(', ')}).`
}

/** A length of time as a person says it. */
export function spanOf(ms: number): string {
  if (ms < 950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
