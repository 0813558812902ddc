// The life of one Realtime session, from session.created to the close: joins its parts and answers every client event.
// The socket itself is the server's.
import type { EngineClock, Mind, Speech, Transcript } from '../ports.ts'
import type { Announcements } from './announcements.ts'
import { parseClientEvent, type ClientEvent } from './client-event.ts'
import { createSpeechInputLater } from './speech-input-later.ts'
import { refuse, type Refusal } from './errors.ts'
import { createId } from './ids.ts'
import { createInputAudio } from './input-audio.ts'
import { parseItem } from './item-input.ts'
import { samplesPerMs } from './kept-audio.ts'
import { createQuiet } from './quiet.ts'
import { createResponses } from './responses.ts'
import { freshSession, updateSession } from './session-config.ts'
import { createThread } from './thread.ts'
import type { Outgoing } from './wire.ts'

/** The way back to the client. */
export interface Line {
  send(text: string): void
  /** Resolves when what was sent before has mostly left, so that speech is made no faster than it is taken. */
  clear(): Promise<void>
  close(code: number, reason: string): void
}

export interface Connection {
  readonly session: string
  text(frame: string): void
  binary(): void
  /** The socket is gone. */
  closed(): void
}

export interface ConnectionParts {
  line: Line
  clock: EngineClock
  speech: Promise<Speech>
  mind: Mind
  announcements: Announcements
  model: string
  /** Hears of failures of the engine's own; never of what was said. */
  onFault(fault: unknown): void
}

/** The service ends a session after an hour. */
const sessionMs = 60 * 60_000

export function errorEvent(refusal: Refusal, eventId: string | null): Outgoing {
  const { type, code, message, param } = refusal
  return { type: 'error', error: { type, code, message, param, event_id: eventId } }
}

export const frameOf = (event: Outgoing): string => JSON.stringify({ ...event, event_id: createId('event') })

export function createConnection(parts: ConnectionParts): Connection {
  const { line, clock, mind } = parts
  let session = freshSession({ id: createId('sess'), model: parts.model, expiresAtMs: clock.nowMs() + sessionMs })
  let over = false

  const send = (event: Outgoing): void => {
    if (!over) line.send(frameOf(event))
  }
  const thread = createThread(send)
  const speechInput = createSpeechInputLater(parts.speech.then((speech) => speech.createSpeechInput()))

  async function readAlone(samples: Int16Array): Promise<Transcript> {
    const own = (await parts.speech).createSpeechInput()
    try {
      own.follow({ type: 'none' })
      own.hear(samples)
      return await own.read(0, samples.length / samplesPerMs)
    } finally {
      own.close()
    }
  }

  const responses = createResponses({
    send,
    thread,
    clock,
    mind,
    readAlone,
    conversation: createId('conv'),
    session: () => session,
    speech: parts.speech,
    lineClear: () => line.clear(),
    onEnded() {
      const detection = session.audio.input.turn_detection
      const patienceMs = detection?.type === 'server_vad' ? detection.idle_timeout_ms : null
      if (!input.speaking()) quiet.wait(patienceMs)
      quiet.moved()
    },
  })

  const input = createInputAudio({
    send,
    thread,
    input: speechInput,
    session: () => session,
    onSpeechStarted(detection) {
      quiet.wait(null)
      if (detection.interrupt_response) responses.interrupt()
    },
    onTurn(item, detection) {
      // Refused while another response is active: that turn then gets none, as with the service.
      if (item && detection.create_response) answer(undefined)
      quiet.moved()
    },
  })

  let patienceFromMs = 0
  const quiet = createQuiet({
    clock,
    busy: () => responses.active() || input.speaking(),
    playedAtMs: () => responses.playedAtMs(),
    say: (text, ended) => responses.say(text, ended),
    onPatience: () => (patienceFromMs = input.heardMs()),
    onPatienceOver() {
      input.timeOut(patienceFromMs)
      answer(undefined)
    },
  })

  function answer(wanted: unknown): Refusal | undefined {
    quiet.wait(null)
    return responses.create(wanted)
  }

  function update(wanted: unknown): Refusal | undefined {
    const updated = updateSession(session, wanted, responses.voiceFrozen())
    if ('refusal' in updated) return updated.refusal
    const before = session.audio.input.turn_detection
    session = updated.session
    send({ type: 'session.updated', session } as Outgoing)
    if (session.audio.input.turn_detection !== before) {
      quiet.wait(null)
      input.follow()
    }
    return undefined
  }

  function createItem(value: unknown, after: string | null | undefined): Refusal | undefined {
    const parsed = parseItem(value, ['item'])
    if (!('item' in parsed)) return parsed
    const refused = thread.add(parsed.item, after ?? undefined)
    if (refused) return refused
    if (parsed.samples) {
      thread.audio.append(parsed.item.id, parsed.samples)
      thread.setWords(
        parsed.item.id,
        readAlone(parsed.samples).catch(() => ({ text: '', meanLogProbability: 0 })),
      )
    }
    thread.finish(parsed.item)
    return undefined
  }

  /** Does what the event asks; returns why not when it can't. */
  function obey(event: ClientEvent): Refusal | undefined {
    switch (event.type) {
      case 'session.update':
        return update(event.session)
      case 'input_audio_buffer.append':
        return input.append(event.audio)
      case 'input_audio_buffer.commit':
        return input.commit()
      case 'input_audio_buffer.clear':
        input.clear()
        return undefined
      case 'conversation.item.create':
        return createItem(event.item, event.previous_item_id)
      case 'conversation.item.truncate':
        return thread.truncate(event.item_id, event.audio_end_ms)
      case 'conversation.item.delete':
        return thread.remove(event.item_id)
      case 'conversation.item.retrieve':
        return thread.retrieve(event.item_id)
      case 'response.create':
        return answer(event.response)
      case 'response.cancel':
        return responses.cancel(event.response_id)
    }
  }

  let undoJoin: (() => void) | undefined

  function end(): void {
    if (over) return
    over = true
    undoExpiry()
    undoJoin?.()
    responses.abandon()
    input.close()
    for (const unsaid of quiet.close()) parts.announcements.keep(unsaid)
  }

  const undoExpiry = clock.after(sessionMs, () => {
    const refusal = refuse.expired()
    send(errorEvent(refusal, null))
    end()
    if (refusal.close) line.close(refusal.close.code, refusal.close.reason)
  })

  input.follow()
  send({ type: 'session.created', session } as Outgoing)

  return {
    session: session.id,
    text(frame) {
      if (over) return
      const received = parseClientEvent(frame)
      if ('refusal' in received) {
        send(errorEvent(received.refusal, received.eventId))
        return
      }
      if (received.event.type !== 'input_audio_buffer.append') quiet.clientActed()
      undoJoin ??= parts.announcements.join({ session: session.id, announce: (said) => quiet.announce(said) })
      try {
        const refused = obey(received.event)
        if (refused) send(errorEvent(refused, received.eventId))
      } catch (fault) {
        parts.onFault(fault)
        send(errorEvent(refuse.broken(), received.eventId))
      }
    },
    binary: () => send(errorEvent(refuse.binary(), null)),
    closed: end,
  }
}
