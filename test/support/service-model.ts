// A model of a Realtime service behind the port of sockets: no network and no real time, only a clock that the test moves. It
// keeps its own truth of what it received, holds and answered, so that a test asserts outcomes and not what was sent.
import type { Clock, OpenSocket, SocketClose } from '../../src/main/ports.ts'
import { goodDay, type Habits } from './service/habits.ts'
import { createModelLine, type ModelLine } from './service/line.ts'
import type { ModelResponse } from './service/response.ts'
import { createModelSession, type ModelSession, type ModelTurn } from './service/session.ts'

export interface ServiceModel {
  readonly openSocket: OpenSocket
  /** Of all sessions; may be changed at any moment. */
  readonly habits: Habits
  /** Every socket that was opened, in order, also one that was refused (then without a session). */
  readonly sessions: readonly ModelSession[]
  /** The newest open session. */
  session(): ModelSession
  /** Turns made of the person's sound and responses begun, over all sessions, in order. */
  readonly turns: readonly ModelTurn[]
  readonly responses: readonly ModelResponse[]
  /** From now on sockets end so before they open; null: they open. */
  refuse(how: SocketClose | null): void
  attempts(): number
}

/** @param clock its monotonic side is the service's own time, whatever the client's wall clock is set to */
export function createServiceModel(clock: Clock, habits: Partial<Habits> = {}): ServiceModel {
  const own: Habits = { ...goodDay, ...habits }
  const sessions: ModelSession[] = []
  const turns: ModelTurn[] = []
  const responses: ModelResponse[] = []
  const beganMs = clock.nowMs() - clock.monotonicMs()
  const answersOf = new Map<string, ReadonlySet<string>>()
  let refusal: SocketClose | null = null
  let serial = 0
  let attempts = 0
  let begunResponses = 0
  const newId = (prefix: string): string => `${prefix}_s${++serial}`

  const openSocket: OpenSocket = (_request, events) => {
    attempts++
    const lines: ModelLine[] = []
    const session = createModelSession({
      clock,
      wallMs: () => beganMs + clock.monotonicMs(),
      number: sessions.length + 1,
      habits: own,
      line: () => lines[0]!,
      newId,
      nextResponse: () => ++begunResponses,
      answersOf,
      onTurn: (turn) => turns.push(turn),
      onResponse: (response) => responses.push(response),
    })
    const { line, socket } = createModelLine({
      clock,
      habits: own,
      events,
      onOpen: () => session.begin(),
      onText: (text) => session.take(text),
      onGone: () => session.end(),
    })
    lines.push(line)
    const refused = refusal
    if (refused === null) sessions.push(session)
    else clock.after(own.latencyMs, () => line.end(refused))
    return socket
  }

  return {
    openSocket,
    habits: own,
    sessions,
    turns,
    responses,
    session() {
      const open = sessions.findLast((one) => one.isOpen())
      if (!open) throw new Error('No session is open.')
      return open
    },
    refuse: (how) => void (refusal = how),
    attempts: () => attempts,
  }
}
