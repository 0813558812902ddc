// Main's side of the window contract (core/ipc.ts), without a transport: answers requests, tells notices. Electron's IPC
// and the web server carry it; the tray and the talk key use it directly. What stands behind it is app-parts.ts.
import type { ZodError } from 'zod'
import { isManaged, may, type Rights } from '../../core/devices/rights.ts'
import { createEmitter } from '../../core/emitter.ts'
import { isRequestName, requests, type AppState, type Notice, type Reply } from '../../core/ipc.ts'
import type { TalkEdge } from '../../core/turn/talk-control.ts'
import type { TalkKeyView } from '../../core/views.ts'
import type { Undo } from '../ports.ts'
import { createHandlers } from './request-handlers.ts'
import { createReader } from './reader.ts'
import { replyTo } from './reply.ts'
import type { AppOpts } from './app-opts.ts'
import { createAppParts } from './app-parts.ts'

export interface App {
  /** Never rejects. @param given the rights of a paired device; none given: this computer's own window, which may ask everything */
  answer(name: unknown, argument: unknown, given?: Rights): Promise<Reply>
  /** Hears everything that windows are told. */
  hear(listen: (notice: Notice) => void): Undo
  state(): AppState
  /** The talk key outside the window. */
  talk(edge: TalkEdge, handMs?: number): void
  setTalkKey(view: TalkKeyView): void
  /** The computer wakes, or the network is back: the line has a second to answer, else it is replaced. */
  prove(): void
  /** Ends the line, the sound and the record. */
  stop(): Promise<void>
}

/** Opens the newest conversation and, once the person has been through the first steps, the line. */
export async function createApp(opts: AppOpts): Promise<App> {
  const notices = createEmitter<{ notice: Notice }>(() => undefined)
  const parts = createAppParts(opts, (notice) => notices.emit('notice', notice))
  const reader = createReader({
    ...opts,
    speaker: parts.sound.speaker,
    onReading: (of) => notices.emit('notice', { type: 'reading', of }),
  })
  const handlers = createHandlers(opts, parts, reader)
  await parts.begin()
  return {
    answer(name, argument, given = null) {
      if (!isRequestName(name)) return Promise.resolve(invalid('There is no such request.'))
      const { argument: schema, right } = requests[name]
      if (!may(given, right)) return Promise.resolve(refused(right === 'here' ? onlyHere : notGiven))
      const read = schema.safeParse(argument)
      if (!read.success) return Promise.resolve(invalid(whyOf(read.error)))
      if (given !== null && name === 'settings' && !Object.keys(read.data ?? {}).every(isManaged))
        return Promise.resolve(refused(onlyHere))
      return replyTo(() => handlers[name](read.data as never))
    },
    hear: (listen) => notices.on('notice', listen),
    state: () => parts.state(),
    talk(edge, handMs) {
      if (edge === 'down') reader.stop(!parts.active.isSpeaking())
      parts.talk.edge(edge, handMs)
    },
    setTalkKey: (view) => parts.setTalkKey(view),
    prove: () => void parts.prove(),
    stop() {
      reader.stop(false)
      return parts.stop()
    },
  }
}

/** What a rule of ours says; what a schema says by itself is not for people. */
function whyOf({ issues: [first] }: ZodError): string {
  return first?.code === 'custom' ? `This can’t be set: ${first.message}` : 'This can’t be done with what was given.'
}

const onlyHere = 'This can only be done on the computer that runs Parley.'
const notGiven = 'This device may not do that. Give it the right on the computer that runs Parley.'

function refused(message: string): Reply {
  return { ok: false, error: { kind: 'refused', message } }
}

function invalid(message: string): Reply {
  return { ok: false, error: { kind: 'invalid', message } }
}
