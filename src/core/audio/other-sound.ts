// The sound of other programs, as PulseAudio and PipeWire list it, and what to do about it: which of it is turned down while somebody
// speaks, and back to what afterwards. Pure.
import { z } from 'zod'

/** One program's stream. `volumes`: of each channel, in the system's own unit; 65,536 is all of it. */
export interface OtherStream {
  index: number
  name: string
  volumes: readonly number[]
}

/** What was done: kept on disk before it is, so that it can be undone after a crash. */
export interface Lowered extends OtherStream {
  to: readonly number[]
}

const listSchema = z.array(
  z.object({
    index: z.number().int().min(0),
    mute: z.boolean().optional(),
    corked: z.boolean().optional(),
    volume: z.record(z.string(), z.object({ value: z.number().int().min(0) })),
    properties: z.record(z.string(), z.unknown()).default({}),
  }),
)

const loweredSchema = z.array(
  z.object({
    index: z.number().int().min(0),
    name: z.string().max(1_000),
    volumes: z.array(z.number().int().min(0).max(1_000_000)).max(32),
    to: z.array(z.number().int().min(0).max(1_000_000)).max(32),
  }),
)

/** A third of what it was: still heard, and below any voice. */
const share = 0.35

/**
 * @param json what `pactl -f json list sink-inputs` prints
 * @param isOwn whether a stream of this process is our own
 * @returns the streams of others; none where it can't be read
 */
export function readStreams(json: string, isOwn: (processId: number) => boolean): OtherStream[] {
  const read = listSchema.safeParse(parsed(json))
  if (!read.success) return []
  return read.data
    .filter(({ properties }) => {
      // What belongs to no program is the system's own wiring.
      const id = Number(properties['application.process.id'])
      return Number.isInteger(id) && !isOwn(id)
    })
    .map(({ index, volume, properties }) => ({
      index,
      name: nameOf(properties['application.name']),
      volumes: Object.values(volume).map(({ value }) => value),
    }))
}

export function lowered(streams: readonly OtherStream[]): Lowered[] {
  return streams.map((stream) => ({ ...stream, to: stream.volumes.map((volume) => Math.round(volume * share)) }))
}

/** What of it is to be turned up again: streams that are still there, and that nobody has set meanwhile. */
export function stillLowered(kept: readonly Lowered[], now: readonly OtherStream[]): Lowered[] {
  return kept.filter(({ index, name, to }) =>
    now.some((stream) => stream.index === index && stream.name === name && stream.volumes.join() === to.join()),
  )
}

/** @returns what was kept, nothing for a file that is none */
export function readLowered(text: string): Lowered[] {
  return loweredSchema.safeParse(parsed(text)).data ?? []
}

function nameOf(given: unknown): string {
  return typeof given === 'string' ? given.slice(0, 200) : ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
