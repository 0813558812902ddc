// From a chosen endpoint to the address and headers of its voice socket. The key goes to that host and nowhere else:
// wss only, ws on this machine only, no redirects (net/socket.ts).
import type { Verdict } from '../../core/connection/close-codes.ts'
import type { SocketRequest } from '../ports.ts'

/** Where it is, once known. */
export interface Address {
  /** Up to and without `/realtime`, e.g. `wss://api.openai.com/v1`. */
  baseUrl: string
  key: string | null
}

/** This endpoint can't be used until the person changes something. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError'
  readonly verdict: Verdict
  constructor(message: string, remedy: Extract<Verdict, { type: 'fatal' }>['remedy']) {
    super(message)
    this.verdict = { type: 'fatal', remedy, message }
  }
}

export const openAiBaseUrl = 'wss://api.openai.com/v1'
const handshakeTimeoutMs = 5_000

/**
 * @param address http and https are taken as ws and wss
 * @throws EndpointError for an address that is none, or that would carry the key in the clear
 */
export function voiceRequest(address: Address, model: string): SocketRequest {
  const url = under(address, 'realtime')
  url.searchParams.set('model', model)
  return requestTo(url, address)
}

/** The agent's; the same address answers HTTP. @throws EndpointError as above */
export function agentRequest(address: Address): SocketRequest {
  return requestTo(under(address, 'responses'), address)
}

function under({ baseUrl }: Address, path: string): URL {
  const url = parseBase(baseUrl)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`
  return url
}

function requestTo(url: URL, { key }: Address): SocketRequest {
  return { url: url.href, headers: key === null ? {} : { Authorization: `Bearer ${key}` }, handshakeTimeoutMs }
}

function parseBase(text: string): URL {
  let url: URL
  try {
    url = new URL(text.replace(/^http(s?):/, 'ws$1:'))
  } catch {
    throw new EndpointError(`“${text}” is no address. Enter one like wss://host/v1.`, 'address')
  }
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol === 'wss:' || (url.protocol === 'ws:' && here)) return url
  throw new EndpointError(
    `“${text}” would send your voice and key in the clear. Use wss://, or ws:// for a server on this machine.`,
    'address',
  )
}
