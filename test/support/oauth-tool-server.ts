// A tool server at an address that asks who one is, with everything that it takes to sign in there: it names who signs people in
// (RFC 9728, 8414), registers clients (7591), sends the browser back with a code at once, and checks the proof (7636).
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface OAuthToolServer {
  /** Of the tool server. */
  address: string
  /** Header lines and bodies of all that it was asked, one text each. */
  asked: string[]
  /** From now on these tokens are worth nothing: the next one has to be got by renewing. */
  expire(): void
  /** Renewing is worth nothing either. */
  forget(): void
  /** The person says no. */
  refusePerson(): void
}

/** Call it inside a test. */
export async function startOAuthToolServer(): Promise<OAuthToolServer> {
  const asked: string[] = []
  const redirects = new Map<string, string[]>()
  const codes = new Map<string, { client: string; redirect: string; challenge: string }>()
  let access = new Set<string>()
  let refresh = new Set<string>()
  let refuses = false

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const url = new URL(request.url ?? '', origin())
      asked.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`)
      const json = (status: number, value: object, headers: Record<string, string> = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(JSON.stringify(value))
      }
      switch (url.pathname) {
        case '/mcp':
          return answerTool(request, body, json)
        case '/.well-known/oauth-protected-resource/mcp':
          return json(200, {
            resource: `${origin()}/mcp`,
            authorization_servers: [origin()],
            scopes_supported: ['tools'],
          })
        case '/.well-known/oauth-authorization-server':
          return json(200, {
            issuer: origin(),
            authorization_endpoint: `${origin()}/authorize`,
            token_endpoint: `${origin()}/token`,
            registration_endpoint: `${origin()}/register`,
            response_types_supported: ['code'],
            grant_types_supported: ['authorization_code', 'refresh_token'],
            code_challenge_methods_supported: ['S256'],
            token_endpoint_auth_methods_supported: ['none'],
          })
        case '/register': {
          const client = randomUUID()
          const given = JSON.parse(body) as { redirect_uris: string[] }
          redirects.set(client, given.redirect_uris)
          return json(201, { ...given, client_id: client })
        }
        case '/authorize': {
          const query = url.searchParams
          const redirect = query.get('redirect_uri') ?? ''
          const client = query.get('client_id') ?? ''
          if (redirects.get(client)?.includes(redirect) !== true) return json(400, { error: 'invalid_request' })
          const back = new URL(redirect)
          back.searchParams.set('state', query.get('state') ?? '')
          if (refuses) back.searchParams.set('error', 'access_denied')
          else {
            const code = randomUUID()
            codes.set(code, { client, redirect, challenge: query.get('code_challenge') ?? '' })
            back.searchParams.set('code', code)
          }
          response.writeHead(302, { location: back.href })
          return response.end()
        }
        case '/token':
          return answerToken(new URLSearchParams(body), json)
        default:
          return json(404, {})
      }
    })
  })

  type Json = (status: number, value: object, headers?: Record<string, string>) => void

  function answerToken(given: URLSearchParams, json: Json): void {
    if (given.get('grant_type') === 'refresh_token') {
      if (!refresh.delete(given.get('refresh_token') ?? '')) return json(400, { error: 'invalid_grant' })
    } else {
      const code = codes.get(given.get('code') ?? '')
      codes.delete(given.get('code') ?? '')
      const proof = createHash('sha256')
        .update(given.get('code_verifier') ?? '')
        .digest('base64url')
      if (
        code?.client !== given.get('client_id') ||
        code.redirect !== given.get('redirect_uri') ||
        code.challenge !== proof
      )
        return json(400, { error: 'invalid_grant' })
    }
    const tokens = { access_token: randomUUID(), refresh_token: randomUUID() }
    access.add(tokens.access_token)
    refresh.add(tokens.refresh_token)
    json(200, { ...tokens, token_type: 'Bearer', expires_in: 3_600 })
  }

  function answerTool({ method, headers }: IncomingMessage, body: string, json: Json): void {
    if (!access.has(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '')) {
      const where = `${origin()}/.well-known/oauth-protected-resource/mcp`
      return json(401, {}, { 'www-authenticate': `Bearer resource_metadata="${where}"` })
    }
    if (method !== 'POST') return json(405, {})
    answerMessage(body, json)
  }

  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    address: `${origin()}/mcp`,
    asked,
    expire: () => void (access = new Set()),
    forget: () => void (refresh = new Set()),
    refusePerson: () => void (refuses = true),
  }
}

/** As a tool server over HTTP without sessions answers one message. */
export function answerMessage(
  body: string,
  json: (status: number, value: object, headers?: Record<string, string>) => void,
): void {
  const { id, method, params } = JSON.parse(body) as {
    id?: number
    method: string
    params: { protocolVersion?: string }
  }
  if (id === undefined) return json(202, {})
  const results: Record<string, object> = {
    initialize: {
      protocolVersion: params.protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: 'far', version: '1' },
    },
    'tools/list': { tools: [{ name: 'good', inputSchema: { type: 'object' } }] },
    'tools/call': { content: [{ type: 'text', text: 'from afar' }] },
  }
  const result = results[method]
  json(200, { jsonrpc: '2.0', id, ...(result ? { result } : { error: { code: -32601, message: 'no' } }) })
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
