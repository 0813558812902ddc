// What is kept of an error that ended Parley: where in our own code it happened, and nothing that was said, typed or set. The
// error's own message is left out, since anything may stand in it.
import { z } from 'zod'

export const crashSchema = z.object({
  version: z.string(),
  /** Wall clock, milliseconds. */
  atMs: z.number(),
  kind: z.enum(['exception', 'rejection']),
  /** `TypeError`. */
  name: z.string(),
  /** `ENOSPC`; empty for none. */
  code: z.string(),
  /** `session.ts:41:7 createSession`, innermost first. */
  frames: z.array(z.string()),
  /** `linux x64, node 20.19.0`. */
  platform: z.string(),
  /** What had been said was on the disk when it ended. */
  isFlushed: z.boolean(),
})

export type Crash = z.infer<typeof crashSchema>

/** As a window is told of it. */
export interface CrashView {
  crash: Crash
  /** The whole report, as a person reads it. */
  text: string
}

const mostFrames = 30
/** A file's own name and place; the folders before it name the person. */
const frameLine = /^\s+at (?:(?:async )?([\w$.<> ]{1,100}) \()?[^()\n]*?([\w.-]{1,80}:\d{1,7}:\d{1,7})\)?$/

/** Of whatever was thrown. */
export function whatFailed(thrown: unknown): Pick<Crash, 'name' | 'code' | 'frames'> {
  if (!(thrown instanceof Error)) return { name: 'no error', code: '', frames: [] }
  const code =
    'code' in thrown && typeof thrown.code === 'string' && /^[A-Z_]{1,40}$/.test(thrown.code) ? thrown.code : ''
  return { name: /^[A-Za-z]{1,40}$/.test(thrown.name) ? thrown.name : 'Error', code, frames: framesOf(thrown) }
}

function framesOf({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message)
  // The message stands before the frames, and may look like some.
  const behind = at === -1 ? '' : stack.slice(at + message.length)
  return behind
    .split('\n')
    .flatMap((line) => {
      const match = frameLine.exec(line)
      return match === null ? [] : [`${match[2] ?? ''} ${match[1] ?? ''}`.trim()]
    })
    .slice(0, mostFrames)
}

export function crashText(crash: Crash): string {
  const { version, atMs, kind, name, code, frames, platform, isFlushed } = crash
  return [
    `Parley ${version} ended by an error at ${new Date(atMs).toISOString()} (${platform}).`,
    `${kind}: ${name}${code === '' ? '' : ` ${code}`}`,
    isFlushed ? 'What had been said was on the disk.' : 'It is not known whether the last words reached the disk.',
    ...frames.map((frame) => `  at ${frame}`),
  ].join('\n')
}
