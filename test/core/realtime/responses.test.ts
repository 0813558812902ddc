import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  askForResponse,
  interruptResponse,
  noResponses,
  responseCreated,
  responseDone,
  responseExpired,
  responseRefused,
  turnTaken,
  type QueueStep,
  type ResponseQueue,
} from '../../../src/core/realtime/responses.ts'

const busy = 'conversation_already_has_active_response'

type Said = { type: 'created' | 'done'; id: string } | { type: 'refused'; eventId: string }

/**
 * A service with one response at a time. It reads what it was sent in order, at the latest before a response ends, and begins
 * a response by itself at most once in a round
 * trip; none ends before the client has heard of it.
 */
function createService(): {
  said: Said[]
  unread: () => number
  take: (eventId: string) => void
  read: () => void
  end: () => void
  beginItsOwn: () => void
} {
  const inbox: string[] = []
  const said: Said[] = []
  let active: string | null = null
  let begun = 0
  const begin = (): void => {
    active = `r${++begun}`
    said.push({ type: 'created', id: active })
  }
  const read = (): void => {
    const eventId = inbox.shift()
    if (eventId === undefined) return
    if (active === null) begin()
    else said.push({ type: 'refused', eventId })
  }
  return {
    said,
    unread: () => inbox.length,
    take: (eventId) => void inbox.push(eventId),
    read,
    end() {
      while (inbox.length > 0) read()
      if (said.some((event) => event.type === 'created')) return
      if (active !== null) said.push({ type: 'done', id: active })
      active = null
    },
    beginItsOwn() {
      if (active === null && said.length === 0) begin()
    },
  }
}

describe('one response in flight', () => {
  it('[T3] whatever is asked, begun, refused and ended in whatever order: one at a time, and whoever asked is answered', () => {
    const step = fc.constantFrom('ask', 'hear', 'interrupt', 'read', 'end', 'own', 'named', 'nameless')
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const service = createService()
        let queue: ResponseQueue = noResponses
        let serial = 0
        let named = true
        /** Asked and not interrupted since; answered or not. */
        let isWanted = false
        let isOwed = false
        const nextId = (): string => `e${++serial}`
        const follow = ({ queue: next, send }: QueueStep): void => {
          queue = next
          if (send === null) return
          expect(isWanted).toBe(true)
          expect(service.unread()).toBe(0)
          expect(queue.active.type).toBe('asked')
          service.take(send)
        }
        const hear = (): void => {
          const event = service.said.shift()
          if (event?.type === 'refused') follow(responseRefused(queue, busy, named ? event.eventId : null, nextId()))
          else if (event?.type === 'created') {
            const { queue: next, cancel } = responseCreated(queue, event.id)
            queue = next
            if (cancel) service.end()
            else isOwed = false
          } else if (event) follow(responseDone(queue, event.id, nextId()))
        }
        const act: Record<typeof step extends fc.Arbitrary<infer Name> ? Name : never, () => void> = {
          ask() {
            isWanted = isOwed = true
            follow(askForResponse(queue, nextId()))
          },
          interrupt() {
            isWanted = isOwed = false
            if (queue.active.type === 'running') service.end()
            queue = interruptResponse(queue)
          },
          hear,
          read: service.read,
          end: service.end,
          own: service.beginItsOwn,
          named: () => void (named = true),
          nameless: () => void (named = false),
        }
        for (const one of steps) act[one]()
        // In the end the service works everything off.
        for (let round = 0; round < 100; round++) {
          service.read()
          hear()
          service.end()
          hear()
        }
        expect([service.said, queue, isOwed]).toEqual([[], noResponses, false])
      }),
      { numRuns: 5_000 },
    )
  })

  it('[T3] asking again while one waits is asking once', () => {
    let step = askForResponse(noResponses, 'e1')
    step = askForResponse(step.queue, 'e2')
    step = askForResponse(step.queue, 'e3')
    const { queue } = responseCreated(step.queue, 'r1')
    const after = responseDone(queue, 'r1', 'e4')
    expect(after.send).toBe('e4')
    expect(responseDone(responseCreated(after.queue, 'r2').queue, 'r2', 'e5').send).toBeNull()
  })

  it('[T2] a turn that the service takes after an interruption is answered, not cancelled', () => {
    const asked = interruptResponse(askForResponse(noResponses, 'e1').queue)
    expect(responseCreated(asked, 'r1').cancel).toBe(true)
    expect(responseCreated(turnTaken(asked, 'e2').queue, 'r2').cancel).toBe(false)
  })

  it('[T4] a refusal for another reason gives the question up once and says so', () => {
    const asked = askForResponse(noResponses, 'e1').queue
    expect(responseRefused(asked, 'invalid_value', 'e1', 'e2')).toEqual({
      queue: noResponses,
      send: null,
      gaveUp: true,
    })
    expect(responseRefused(asked, 'invalid_value', 'other', 'e2')).toEqual({ queue: asked, send: null, gaveUp: false })
    expect(responseRefused(noResponses, 'invalid_value', 'e1', 'e2').gaveUp).toBe(false)
  })

  it('[T4] what waited behind a response that is given up is asked', () => {
    const running = responseCreated(askForResponse(noResponses, 'e1').queue, 'r1').queue
    const waiting = askForResponse(running, 'e2').queue
    expect(responseExpired(waiting, 'e3').send).toBe('e3')
    expect(responseExpired(noResponses, 'e3').send).toBeNull()
  })
})
