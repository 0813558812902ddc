// Knocks at a voice service: does it take the key and the model? Opens one socket, waits for its first word, hangs up.
import { judgeClose, judgeError, type Verdict } from '../../core/connection/close-codes.ts'
import { plainCause } from '../../core/connection/plain-cause.ts'
import type { Trial } from '../../core/ipc.ts'
import { parseServerEvent } from '../../core/realtime/parse.ts'
import { EndpointError } from '../net/endpoint.ts'
import type { Clock, OpenSocket, Socket, SocketRequest } from '../ports.ts'

const answerWithinMs = 10_000

export async function tryService(opts: {
  clock: Clock
  openSocket: OpenSocket
  request: () => Promise<SocketRequest>
}): Promise<Trial> {
  let request: SocketRequest
  try {
    request = await opts.request()
  } catch (error) {
    if (error instanceof EndpointError) return { ok: false, message: error.message }
    return { ok: false, message: error instanceof Error ? error.message : 'The service can’t be reached.' }
  }
  return knock(opts.clock, opts.openSocket, request)
}

function knock(clock: Clock, openSocket: OpenSocket, request: SocketRequest): Promise<Trial> {
  return new Promise((resolve) => {
    let socket: Socket | null = null
    const undoLate = clock.after(answerWithinMs, () =>
      settle({
        ok: false,
        message: 'The service did not answer within 10 seconds. Check the address and the network.',
      }),
    )
    function settle(trial: Trial): void {
      undoLate()
      resolve(trial)
      socket?.terminate()
    }
    socket = openSocket(request, {
      opened: () => undefined,
      alive: () => undefined,
      message(text) {
        const parsed = parseServerEvent(text)
        if (parsed.type !== 'known') return
        const { event } = parsed
        if (event.type === 'session.created') settle({ ok: true, message: 'The service answers and takes the key.' })
        if (event.type !== 'error') return
        const verdict = judgeError({ code: event.error.code ?? null, type: event.error.type ?? null })
        if (verdict) settle(refusal(verdict))
      },
      closed: (close) => settle(refusal(judgeClose(close, null))),
    })
  })
}

function refusal(verdict: Verdict): Trial {
  switch (verdict.type) {
    case 'fatal':
      return { ok: false, message: verdict.message }
    case 'expired':
      return { ok: false, message: 'The service ended the session at once. Try again.' }
    case 'retry':
      return {
        ok: false,
        message: `The service can’t be reached: ${plainCause(verdict.cause)} Check the address and the network.`,
      }
  }
}
