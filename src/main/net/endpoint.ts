// From a chosen endpoint to the address and headers of its voice socket. The key goes to that host and nowhere else:
// wss only, ws on this machine only, no redirects (net/socket.ts).
import type { Verdict } from '../../core/connection/close-codes.ts'
import { whyNoServiceAddress } from '../../core/connection/service-address.ts'
import { readKey } from '../../core/connection/service-key.ts'
import type { SocketRequest } from '../ports.ts'

/** Where it is, once known. */
export interface Address {
  /** Up to and without `/realtime`, e.g. `wss://api.openai.com/v1`; a path and a query of its own are kept. */
  baseUrl: string
  key: string | null
  /** Absent: as the host is known to want it. */
  keyHeader?: KeyHeader | undefined
}

export type KeyHeader = 'bearer' | 'api-key'

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
 * @throws EndpointError for an address that is none or would carry the key in the clear, and for a key that fits no header
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

function requestTo(url: URL, address: Address): SocketRequest {
  return { url: url.href, headers: keyHeaders(url, address), handshakeTimeoutMs }
}

function keyHeaders(url: URL, { key, keyHeader }: Address): Record<string, string> {
  const read = readKey(key ?? '')
  if (read.type === 'refused') throw new EndpointError(read.why, 'key')
  if (read.type === 'none') return {}
  const header = keyHeader ?? usualHeader(url, read.key)
  return header === 'api-key' ? { 'api-key': read.key } : { Authorization: `Bearer ${read.key}` }
}

/** Azure takes its own keys in a header of their own, and tokens of Entra, which begin so, as everybody does. */
function usualHeader({ hostname }: URL, key: string): KeyHeader {
  const isAzure = /\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$/.test(hostname)
  return isAzure && !key.startsWith('eyJ') ? 'api-key' : 'bearer'
}

function parseBase(text: string): URL {
  let url: URL
  try {
    url = new URL(text.replace(/^http(s?):/, 'ws$1:'))
  } catch {
    throw new EndpointError(`“${text}” is no address. Enter one like wss://host/v1.`, 'address')
  }
  const why = whyNoServiceAddress(text)
  if (why !== null) throw new EndpointError(why, 'address')
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol === 'wss:' || (url.protocol === 'ws:' && here)) return url
  throw new EndpointError(
    `“${text}” would send your voice and key in the clear. Use wss://, or ws:// for a server on this machine.`,
    'address',
  )
}
