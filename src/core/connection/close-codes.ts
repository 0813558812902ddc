// What a close, a refused upgrade or an error event means for the connection: give up and say what to do, hand over, or try again.
// Facts: the Realtime service accepts the upgrade even for a bad key and refuses in band with close 3000 or 4000;
// expiry is an error event followed by close 1001.

export type Remedy = 'key' | 'quota' | 'model' | 'policy' | 'address' | 'update' | 'limit' | 'engine'

export type Verdict =
  /** Never retried. `message` is one plain sentence, `remedy` names where the person can mend it. */
  | { type: 'fatal'; remedy: Remedy; message: string }
  | { type: 'expired' }
  | { type: 'retry'; cause: string; afterMs?: number }

export interface CloseFacts {
  code: number
  reason: string
  status?: number
  retryAfterMs?: number
  /** The code of the error that the refusal of the upgrade told. */
  said?: string
  cause?: string
  /** A proxy on the way refuses for good: why, in a sentence. */
  barred?: string
}

export interface ErrorFacts {
  code: string | null
  type: string | null
}

const invalidKey: Extract<Verdict, { type: 'fatal' }> = {
  type: 'fatal',
  remedy: 'key',
  message: 'The service refused the key. Check the key and try again.',
}

/** A map, since codes come off the wire and every object has a `constructor`. */
const fatalByCode: ReadonlyMap<string, Extract<Verdict, { type: 'fatal' }>> = new Map(
  Object.entries({
    invalid_api_key: invalidKey,
    insufficient_quota: {
      type: 'fatal',
      remedy: 'quota',
      message: 'The account has no credit left. Add credit with the provider, or use the built-in voice.',
    },
    missing_model: {
      type: 'fatal',
      remedy: 'model',
      message: 'The service wants a model. Choose one in the settings.',
    },
    invalid_model: {
      type: 'fatal',
      remedy: 'model',
      message: 'The service does not know this model for voice. Choose another.',
    },
    model_not_found: {
      type: 'fatal',
      remedy: 'model',
      message: 'The service does not know this model for voice. Choose another.',
    },
    beta_api_shape_disabled: {
      type: 'fatal',
      remedy: 'update',
      message: 'The service no longer speaks this version of the protocol. Update Parley.',
    },
  } satisfies Record<string, Extract<Verdict, { type: 'fatal' }>>),
)

/** The verdict on an error event, null when the session goes on (most errors). */
export function judgeError(error: ErrorFacts): Verdict | null {
  if (error.code === 'session_expired') return { type: 'expired' }
  return (error.code === null ? undefined : fatalByCode.get(error.code)) ?? null
}

/** The verdict on the end of a socket. `error` is the last error event that it carried, if any. */
export function judgeClose(close: CloseFacts, error: ErrorFacts | null): Verdict {
  const told = error === null ? null : judgeError(error)
  if (told) return told
  if (close.barred !== undefined) return { type: 'fatal', remedy: 'address', message: close.barred }
  const upgrade =
    close.status === undefined
      ? null
      : (fatalByCode.get(close.said ?? '') ?? judgeStatus(close.status, close.retryAfterMs))
  if (upgrade) return upgrade
  const named = fatalByCode.get(close.reason.split('.').at(-1) ?? '')
  if (named) return named
  if (close.code === 3000) return invalidKey
  if (close.code === 4000 || close.code === 4004)
    return {
      type: 'fatal',
      remedy: 'model',
      message: 'The service refused the session. Check the model and the settings.',
    }
  if (close.code === 1008) return judgePolicy(close)
  return retry(close)
}

/** Servers of all kinds close so: for a key, for a time that is over, and for what they don't like. */
function judgePolicy(close: CloseFacts): Verdict {
  const reason = close.reason.slice(0, 200)
  if (/api.?key|unauthori[sz]ed|credential|auth|token (?:is )?(?:invalid|missing)/i.test(reason)) return invalidKey
  if (/idle|time.?d? ?out|duration|expired|too many|try again/i.test(reason)) return retry(close)
  const told = reason === '' ? 'for a breach of its policy.' : `and says: ${reason}`
  return { type: 'fatal', remedy: 'policy', message: `The service closed the session ${told}` }
}

const longestRetryAfterMs = 60 * 60_000

function judgeStatus(status: number, retryAfterMs: number | undefined): Verdict | null {
  if (status === 401 || status === 403) return invalidKey
  // A web page stands there, or something else that is none of ours.
  if (status === 404 || status < 300)
    return {
      type: 'fatal',
      remedy: 'address',
      message: 'There is no Realtime service at this address. Check the address.',
    }
  if (status === 402) return fatalByCode.get('insufficient_quota') ?? null
  // The request itself is wrong, and will be the next time.
  if (status === 400 || status === 405 || status === 410 || status === 426)
    return {
      type: 'fatal',
      remedy: 'address',
      message: 'This address does not take voice connections. Check the address and the model.',
    }
  // Redirects are refused: the key goes to the configured host and nowhere else.
  if (status >= 300 && status < 400)
    return { type: 'fatal', remedy: 'address', message: 'The server redirects elsewhere. Enter its final address.' }
  // A server's slip must not keep the person away for days.
  const after = retryAfterMs === undefined ? {} : { afterMs: Math.min(retryAfterMs, longestRetryAfterMs) }
  return { type: 'retry', cause: `The server answered ${status}.`, ...after }
}

function retry(close: CloseFacts): Verdict {
  return {
    type: 'retry',
    cause: close.cause ?? (close.reason === '' ? `The line closed (${close.code}).` : close.reason),
  }
}

/** Closes that come of a restart, an overload or the network; any other is about what was sent. */
const passing: ReadonlySet<number> = new Set([1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015])

export function isAboutWhatWasSent({ code }: CloseFacts, error: ErrorFacts | null): boolean {
  return !passing.has(code) || error?.type === 'invalid_request_error'
}
