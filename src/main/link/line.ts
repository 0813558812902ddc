// One paired device's socket: its requests reach the app with its rights and at a bearable pace, what windows are told goes to it
// as far as it may know it. A device that stopped reading or answering is let go; it asks for everything when it comes back.
import type { RawData, WebSocket } from 'ws'
import { may, type Rights } from '../../core/devices/rights.ts'
import { noticeFor, replyFor, mayBeDropped } from '../../core/devices/shown.ts'
import type { OwnDevice } from '../../core/devices/view.ts'
import { isRequestName, type Notice, type Reply } from '../../core/ipc.ts'
import { requestsWithPictures } from '../../core/picture-requests.ts'
import type { Served } from './served.ts'
import type { Clock, Undo } from '../ports.ts'
import { fits, mostBytesOf } from '../shell/gate.ts'
import { readAsk, type Asked } from './ask.ts'
import { createPace } from './pace.ts'
import { createParts, gotPart, partRules } from './parts.ts'

export interface DeviceLine {
  readonly device: string
  /** @param whole the notice as it goes to devices that may know all of it: made once for all */
  tell(notice: Notice, whole: () => string): void
  send(value: unknown): void
  sendBytes(bytes: Uint8Array): void
  /** Ends it at once. */
  cut(code: number, reason: string): void
}

export const lineRules = {
  burst: 100,
  perSecond: 50,
  /** Requests that were not answered yet. */
  mostPending: 32,
  /** The same of those whose answers are large: each is made when the one before it has gone. */
  mostLarge: 256,
  /** Refused for their pace, one after another: nobody who speaks the contract does that. */
  mostRefused: 1_000,
  /** What is no history is not sent to who is so far behind; who is further behind goes. */
  lossyBytes: 128 * 1024,
  mostBytes: 4 * 1024 * 1024,
  beatMs: 5_000,
  silentMs: 15_000,
}

/** Of a request without pictures. */
const mostPlainBytes = 256 * 1024
/** 20 ms of 24 kHz, PCM16. */
const frameBytes = 960
const soundBegins = '{"sound":'
/** Their answers may be large, and are of no state that goes on meanwhile. */
const large: ReadonlySet<unknown> = new Set(['picture', 'export'])

/** Told by the code of the close: the page asks anew whether it is paired. */
export const closeCodes = { revoked: 4_001, replaced: 4_002, closing: 4_003 }

export function serveDevice(opts: {
  socket: WebSocket
  /** Bytes so far. Pings wait behind a picture that takes a minute on a slow line; what arrives of it counts as a word. */
  arrived: () => number
  /** What it is and may do now; null: nothing any more. */
  device: () => OwnDevice | null
  id: string
  app: Pick<Served, 'answer'>
  clock: Clock
  /** A frame of its microphone, 20 ms. */
  onFrame?: (frame: Int16Array) => void
  /** What it says of its playing. */
  onSaid?: (said: unknown) => void
  /** It takes the floor, or gives it back. */
  onFloor?: (takes: boolean) => Promise<void>
  onClosed: () => void
}): DeviceLine {
  const { socket, clock, app } = opts
  const pace = createPace(clock, lineRules)
  const soundPace = createPace(clock, { burst: 150, perSecond: 75 })
  let pending = 0
  let refused = 0
  let isPressing = false
  let largePending = 0
  let lastLarge: Promise<unknown> = Promise.resolve()
  let heardMs = clock.monotonicMs()
  let arrivedBefore = 0
  let undoBeat: Undo = clock.after(lineRules.beatMs, beat)

  function write(text: string, isLossy: boolean): void {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > lineRules.mostBytes) return socket.terminate()
    if (isLossy && socket.bufferedAmount > lineRules.lossyBytes) return
    socket.send(text)
  }

  /** What was told and not written yet. A crowd of devices is written to behind the voice's own work, not in its midst. */
  let told: { text: string; isLossy: boolean }[] = []

  function writeLater(text: string, isLossy: boolean): void {
    if (told.push({ text, isLossy }) === 1) setImmediate(writeTold)
  }

  function writeTold(): void {
    const now = told
    told = []
    for (const { text, isLossy } of now) write(text, isLossy)
  }

  /** Never before what was told before it. */
  function send(value: unknown): void {
    writeTold()
    write(JSON.stringify(value), false)
  }

  const parts = createParts((text) => {
    writeTold()
    write(text, false)
  })

  function beat(): void {
    const arrived = opts.arrived()
    if (arrived > arrivedBefore) heardMs = clock.monotonicMs()
    arrivedBefore = arrived
    if (clock.monotonicMs() - heardMs > lineRules.silentMs) return socket.terminate()
    socket.ping()
    // A page hears no ping: by this it knows that the line lives.
    send({ beat: true })
    undoBeat = clock.after(lineRules.beatMs, beat)
  }

  function take(data: RawData, isBinary: boolean): void {
    heardMs = clock.monotonicMs()
    const bytes = data as Buffer
    if (isBinary) return takeFrame(bytes)
    const text = bytes.toString('utf8')
    if (text.startsWith(soundBegins)) return takeSaid(text)
    if (text === gotPart) return parts.got() ? undefined : socket.close(1008, 'not understood')
    // Nothing that large is even read from a device that may not send pictures.
    const isLarge = bytes.length > mostPlainBytes
    if (isLarge && !may(opts.device()?.rights ?? [], 'type')) return socket.close(1009, 'too large')
    const asked = readAsk(text)
    if (asked === null) return socket.close(1008, 'not understood')
    if (isLarge && !requestsWithPictures.has(asked.name)) return socket.close(1009, 'too large')
    const answer = (reply: Reply): void => send({ id: asked.id, reply })
    if (!pace.take('') || pending >= lineRules.mostPending) {
      refused += 1
      if (refused > lineRules.mostRefused) return socket.terminate()
      return answer(refusal('Too many requests at once; wait a moment.'))
    }
    refused = 0
    const { name, argument } = asked
    if (!fits(name) || !fits(argument, mostBytesOf(name))) return answer(refusal('This is too much for one request.'))
    const device = opts.device()
    if (device === null) return cut(closeCodes.revoked, 'not paired')
    if ((name === 'take-floor' || name === 'give-floor') && may(device.rights, 'talk')) {
      void opts.onFloor?.(name === 'take-floor').then(() => answer({ ok: true, value: null }))
      return
    }
    if (large.has(name)) return answerLarge(asked)
    if (name === 'talk' && may(device.rights, 'talk'))
      isPressing = (argument as { edge?: unknown } | null)?.edge === 'down'
    pending += 1
    void replyTo(asked, device.rights).then((reply) => {
      pending -= 1
      if (reply !== null) answer(reply)
    })
  }

  async function replyTo({ name, argument }: Pick<Asked, 'name' | 'argument'>, rights: Rights): Promise<Reply | null> {
    const reply = await app.answer(name, argument, rights)
    // Asked again: it may have lost a right while the answer was made.
    const now = opts.device()
    if (now === null) return null
    return isRequestName(name) ? replyFor(now, name, reply) : reply
  }

  function answerLarge(asked: Asked): void {
    if (largePending >= lineRules.mostLarge)
      return send({ id: asked.id, reply: refusal('Too many requests at once; wait a moment.') })
    largePending += 1
    lastLarge = lastLarge.then(async () => {
      largePending -= 1
      const device = opts.device()
      if (device === null || socket.readyState !== socket.OPEN) return
      const reply = await replyTo(asked, device.rights)
      if (reply === null) return
      const text = JSON.stringify({ id: asked.id, reply })
      if (text.length > partRules.characters) await parts.send(text)
      else send({ id: asked.id, reply })
    })
  }

  function takeFrame(bytes: Buffer): void {
    if (bytes.length !== frameBytes || !soundPace.take('frame')) return
    const frame = new Int16Array(frameBytes / 2)
    for (let at = 0; at < frame.length; at++) frame[at] = bytes.readInt16LE(2 * at)
    opts.onFrame?.(frame)
  }

  function takeSaid(text: string): void {
    if (!soundPace.take('said')) return
    try {
      opts.onSaid?.((JSON.parse(text) as { sound: unknown }).sound)
    } catch {
      socket.close(1008, 'not understood')
    }
  }

  function cut(code: number, reason: string): void {
    writeTold()
    socket.close(code, reason)
    // Whoever does not answer the close is gone all the same, and hears nothing meanwhile.
    const undo = clock.after(500, () => socket.terminate())
    socket.once('close', undo)
  }

  socket.on('pong', () => (heardMs = clock.monotonicMs()))
  socket.on('message', take)
  socket.once('close', () => {
    undoBeat()
    parts.end()
    if (isPressing) void app.answer('talk', { edge: 'lost' }, ['talk'])
    opts.onClosed()
  })
  return {
    device: opts.id,
    tell(notice, whole) {
      const device = opts.device()
      const shown = device === null ? null : noticeFor(device, notice)
      if (shown !== null)
        writeLater(shown === notice ? whole() : JSON.stringify({ notice: shown }), mayBeDropped(notice))
    },
    send,
    sendBytes(bytes) {
      writeTold()
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > lineRules.mostBytes) socket.terminate()
      else socket.send(bytes)
    },
    cut,
  }
}

const refusal = (message: string): Reply => ({ ok: false, error: { kind: 'refused', message } })
