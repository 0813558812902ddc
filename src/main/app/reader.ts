// Reads words aloud over a line of its own, so that nothing of it gets into a conversation: an answer once more, or a voice to
// be heard before it is chosen. One reading at a time; whoever speaks, types or silences the voice ends it.
import { createPcmReader } from '../../core/audio/pcm.ts'
import { judgeClose, judgeError } from '../../core/connection/close-codes.ts'
import { plainCause } from '../../core/connection/plain-cause.ts'
import type { Usage } from '../../core/conversation/change.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { parseServerEvent } from '../../core/realtime/parse.ts'
import { beginReading, piecesOf, readPiece } from '../../core/realtime/reading.ts'
import { countUsage } from '../../core/realtime/used.ts'
import type { Reading } from '../../core/ipc.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import { decodeBase64 } from '../base64.ts'
import type { Clock, OpenSocket, Socket, SocketRequest, Speaker } from '../ports.ts'
import { RefusedRequest } from './reply.ts'

export interface ReadingWish {
  /** What it is of, for a window. */
  of: Reading
  text: string
  /** Null for the service's usual one. */
  voice: string | null
  speed: number
  request: SocketRequest
  /** What each piece cost. */
  onUsage: (usage: Usage) => void
}

export interface Reader {
  /** Resolves once its first sound is on its way. @throws RefusedRequest when nothing can be read */
  read(wish: ReadingWish): Promise<void>
  /** @param mayCut nothing but the reading is on its way to the ear */
  stop(mayCut: boolean): void
}

const beginsWithinMs = 15_000

export function createReader(opts: {
  clock: Clock
  openSocket: OpenSocket
  speaker: Speaker
  /** Told when a reading begins, and null when its last sound is over. */
  onReading?: (of: Reading | null) => void
}): Reader {
  const { clock, speaker } = opts
  let count = 0
  let ending: (() => void) | null = null
  let sounding: string | null = null
  speaker.onEnded(({ item }) => {
    if (item !== sounding) return
    sounding = null
    if (ending === null) opts.onReading?.(null)
  })

  function read({ of, text, voice, speed, request, onUsage }: ReadingWish): Promise<void> {
    stop(true)
    opts.onReading?.(of)
    const pieces = [...piecesOf(text)]
    count += 1
    const item = `reading ${count}`
    return new Promise((resolve, reject) => {
      let socket: Socket | null = null
      let hasBegun = false
      const pcm = createPcmReader()
      const send = (event: ClientEvent): void => void socket?.send(JSON.stringify(event))
      const undoLate = clock.after(beginsWithinMs, () => end('The voice did not begin in time. Try again.'))

      function end(why: string | null): void {
        if (ending !== giveUp) return
        ending = null
        undoLate()
        if (hasBegun) speaker.finish(item)
        if (sounding !== item) opts.onReading?.(null)
        socket?.terminate()
        if (hasBegun || why === null) resolve()
        else reject(new RefusedRequest('failed', why))
      }
      const giveUp = (): void => end(null)
      ending = giveUp

      function next(): void {
        const piece = pieces.shift()
        if (piece === undefined) end(hasBegun ? null : 'The voice had nothing to say to this.')
        else send(readPiece(`reading_${count}_${pieces.length}`, piece))
      }

      function hear(event: HeardEvent): void {
        switch (event.type) {
          case 'session.created':
            send(beginReading(voice, speed))
            return
          case 'session.updated':
            next()
            return
          case 'response.output_audio.delta': {
            undoLate()
            hasBegun = true
            sounding = item
            speaker.play(item, pcm.read(decodeBase64(event.delta)))
            resolve()
            return
          }
          case 'response.done':
            if (event.response.usage) onUsage(countUsage(event.response.usage))
            if (event.response.status === 'completed') next()
            else end('The voice could not read this. Try again.')
            return
          case 'error': {
            const verdict = judgeError({ code: event.error.code ?? null, type: event.error.type ?? null })
            end(verdict?.type === 'fatal' ? verdict.message : 'The voice could not read this. Try again.')
            return
          }
          default:
        }
      }

      socket = opts.openSocket(request, {
        opened: () => undefined,
        alive: () => undefined,
        message(frame) {
          const parsed = parseServerEvent(frame)
          if (ending === giveUp && parsed.type === 'known') hear(parsed.event)
        },
        closed(close) {
          const verdict = judgeClose(close, null)
          if (verdict.type === 'fatal') end(verdict.message)
          else end(`The voice can’t be reached: ${plainCause(verdict.type === 'retry' ? verdict.cause : '')}`)
        },
      })
    })
  }

  function stop(mayCut: boolean): void {
    ending?.()
    if (sounding === null) return
    sounding = null
    opts.onReading?.(null)
    if (mayCut) void speaker.cut()
  }

  return { read, stop }
}
