// Why a service that was tried can't be used, told apart and in words: another key, another address, credit, the network, or
// waiting. Pure.
import { judgeClose, judgeError, type CloseFacts, type ErrorFacts, type Remedy, type Verdict } from './close-codes.ts'

export type TrialFailure = 'key' | 'credit' | 'host' | 'network' | 'model' | 'service'

export interface FailedTrial {
  why: TrialFailure
  /** What is wrong and what to do next. */
  message: string
}

/** @param host `name` or `name:port` that was dialled @param isOnline this computer has a network besides itself
 * @param isTyped by the person, so that it may hold a slip */
export interface TrialPlace {
  host: string
  isOnline: boolean
  isTyped: boolean
}

const keyWords = 'The service refused this key. Look whether it was copied whole, and whether it still holds.'
const offlineWords = 'This computer has no network now. Connect it and try again.'

export function failedTrial(close: CloseFacts, error: ErrorFacts | null, place: TrialPlace): FailedTrial {
  const verdict = judgeClose(close, error)
  if (verdict.type !== 'retry') return refusedTrial(verdict)
  const { status, cause = '' } = close
  if (status === 429)
    return {
      why: 'service',
      message: 'The service is asked too often, or the account has no credit left. Wait a minute, or look there.',
    }
  if (status !== undefined)
    return { why: 'service', message: 'The service has trouble of its own. Try again in a few minutes.' }
  return unreached(cause, place)
}

/** An error event that the session goes on with is none: null. */
export function failedByError(error: ErrorFacts): FailedTrial | null {
  const verdict = judgeError(error)
  return verdict === null || verdict.type === 'retry' ? null : refusedTrial(verdict)
}

export function silentTrial({ host, isOnline }: TrialPlace): FailedTrial {
  if (!isOnline) return { why: 'network', message: offlineWords }
  return { why: 'network', message: `“${host}” did not answer within 10 seconds. Check the address and the network.` }
}

function refusedTrial(verdict: Exclude<Verdict, { type: 'retry' }>): FailedTrial {
  if (verdict.type === 'expired')
    return { why: 'service', message: 'The service ended the session at once. Try again.' }
  return { why: whyOf[verdict.remedy], message: verdict.remedy === 'key' ? keyWords : verdict.message }
}

const whyOf: Record<Remedy, TrialFailure> = {
  key: 'key',
  quota: 'credit',
  limit: 'credit',
  model: 'model',
  address: 'host',
  policy: 'service',
  update: 'service',
  engine: 'service',
}

function unreached(cause: string, { host, isOnline, isTyped }: TrialPlace): FailedTrial {
  const isHere = /^(localhost|127\.|\[::1\])/.test(host)
  if (!isOnline && !isHere) return { why: 'network', message: offlineWords }
  if (/ENOTFOUND/.test(cause) && isTyped)
    return { why: 'host', message: `There is no server named “${host}”. Check the address for a slip.` }
  if (/ECONNREFUSED/.test(cause))
    return { why: 'host', message: `Nothing answers at “${host}”. Does the server run, and is the port right?` }
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO|ALTNAME/i.test(cause))
    return {
      why: 'host',
      message: `“${host}” can’t prove that it is the server you mean, so the key was not given to it. Check the address.`,
    }
  if (/ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENETDOWN|ETIMEDOUT/.test(cause))
    return { why: 'network', message: `There is no way to “${host}” now. Check the network and try again.` }
  return {
    why: 'service',
    message: `“${host}” hung up before it answered. Check the address, or try again in a few minutes.`,
  }
}
