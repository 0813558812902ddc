// Knocks at a voice service: does it take the key and the model? Opens one socket, waits for its first word, hangs up.
import type { ErrorFacts } from '../../core/connection/close-codes.ts'
import { failedByError, failedTrial, silentTrial, type FailedTrial } from '../../core/connection/trial.ts'
import type { ServiceTrial } from '../../core/trial-views.ts'
import { parseServerEvent } from '../../core/realtime/parse.ts'
import { EndpointError, openAiBaseUrl } from '../net/endpoint.ts'
import { ownAddresses } from '../net/surroundings.ts'
import type { Clock, OpenSocket, Socket, SocketRequest } from '../ports.ts'

const answerWithinMs = 10_000

export async function tryService(opts: {
  clock: Clock
  openSocket: OpenSocket
  request: () => Promise<SocketRequest>
}): Promise<ServiceTrial> {
  try {
    return await knock(opts.clock, opts.openSocket, await opts.request())
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error
    const { verdict } = error
    const isAddress = verdict.type === 'fatal' && verdict.remedy === 'address'
    return { ok: false, message: error.message, why: isAddress ? 'host' : 'key' }
  }
}

function knock(clock: Clock, openSocket: OpenSocket, request: SocketRequest): Promise<ServiceTrial> {
  const { host } = new URL(request.url)
  const place = { host, isOnline: ownAddresses() !== '', isTyped: host !== new URL(openAiBaseUrl).host }
  return new Promise((resolve) => {
    let socket: Socket | null = null
    let lastError: ErrorFacts | null = null
    const undoLate = clock.after(answerWithinMs, () => fail(silentTrial(place)))
    function settle(trial: ServiceTrial): void {
      undoLate()
      resolve(trial)
      socket?.terminate()
    }
    const fail = (failed: FailedTrial): void => settle({ ok: false, ...failed })
    socket = openSocket(request, {
      opened: () => undefined,
      alive: () => undefined,
      message(text) {
        const parsed = parseServerEvent(text)
        if (parsed.type !== 'known') return
        const { event } = parsed
        if (event.type === 'session.created')
          settle({ ok: true, message: 'The service answers and takes the key.', why: null })
        if (event.type !== 'error') return
        lastError = { code: event.error.code ?? null, type: event.error.type ?? null }
        const failed = failedByError(lastError)
        if (failed) fail(failed)
      },
      closed: (close) => fail(failedTrial(close, lastError, place)),
    })
  })
}
