// The sign-in at a server of tools, by the client of the protocol's makers: it finds who signs people in, registers, and trades
// the code that the browser brings back for tokens. Here is where its parts are kept, and the one door through which the
// browser comes back (return-door.ts).
import { randomBytes } from 'node:crypto'
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { LATEST_PROTOCOL_VERSION } from '@modelcontextprotocol/sdk/types.js'
import { serverLimits } from '../../../core/agent/limits.ts'
import type { Clock, Fetch } from '../../ports.ts'
import { createServerFetch, mayAsk } from './bounded-fetch.ts'
import type { KeptSecrets, KeptSignIn } from './kept.ts'
import { openReturnDoor } from './return-door.ts'

/** For a connection: tokens are used and renewed, and nothing is begun that needs the person. */
export function quietProvider(kept: KeptSecrets, signIn: KeptSignIn): OAuthClientProvider {
  // Without a way to save a registration none is made.
  const { saveClientInformation: _, ...rest } = createProvider(kept, signIn, { state: '', onAddress: () => undefined })
  return rest
}

function createProvider(
  kept: KeptSecrets,
  before: KeptSignIn,
  { state, onAddress }: { state: string; onAddress: (address: URL) => void },
): OAuthClientProvider {
  let now = before
  let verifier = ''
  const save = (some: Partial<KeptSignIn>): Promise<void> => {
    now = { ...now, ...some }
    return kept.setSignIn(now)
  }
  return {
    redirectUrl: before.redirect,
    clientMetadata: {
      client_name: 'Parley',
      redirect_uris: [before.redirect],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      // A program on the person's computer can't keep a secret of its own.
      token_endpoint_auth_method: 'none',
    },
    state: () => state,
    clientInformation: () => now.client,
    saveClientInformation: (client) => save({ client: client }),
    tokens: () => now.tokens,
    saveTokens: (tokens) => save({ tokens: tokens }),
    redirectToAuthorization: onAddress,
    saveCodeVerifier: (made) => void (verifier = made),
    codeVerifier: () => verifier,
    invalidateCredentials: (what) => {
      if (what === 'verifier' || what === 'discovery') return
      return save({ tokens: undefined, ...(what === 'tokens' ? {} : { client: undefined }) })
    },
  }
}

export interface BegunSignIn {
  /** Where the person signs in, in a browser. Null: the server does not ask for it. */
  address: string | null
  /** Rejects with a sentence for the person when it came to nothing. */
  done: Promise<void>
  cancel(): void
}

/** Rejects when the server can't be asked, or names nobody who signs people in. */
export async function beginSignIn(opts: {
  /** Absent: straight. */
  fetch?: Fetch | undefined
  address: string
  kept: KeptSecrets
  clock: Pick<Clock, 'after'>
}): Promise<BegunSignIn> {
  const { address, kept, clock } = opts
  const before = await kept.signIn()
  const state = randomBytes(24).toString('base64url')
  const door = await openReturnDoor({ state, port: before === null ? 0 : Number(new URL(before.redirect).port) })
  const found: URL[] = []
  // A registration names the whole address to which the browser comes back.
  const isSame = before?.redirect === door.redirect
  const provider = createProvider(
    kept,
    { redirect: door.redirect, client: isSame ? before.client : undefined, tokens: undefined },
    { state, onAddress: (one) => void found.push(one) },
  )
  const { fetch } = createServerFetch(address, null, opts.fetch)
  const transport = new StreamableHTTPClientTransport(new URL(address), { fetch, authProvider: provider })
  const end = async (): Promise<void> => {
    await transport.close()
    await door.close()
  }
  try {
    await transport.start()
    await transport.send(introduction)
  } catch (error) {
    if (found.length === 0) {
      await end()
      throw error
    }
  }
  const [begun] = found
  if (begun === undefined || !mayAsk(begun, new URL(address))) {
    await end()
    if (begun !== undefined) throw new Error('It names a page for it that is not safe to open.')
    return { address: null, done: Promise.resolve(), cancel: () => undefined }
  }
  const undo = clock.after(serverLimits.signInMs, () => door.giveUp('Nobody signed in within five minutes.'))
  const finish = async () => {
    try {
      await transport.finishAuth(await door.code)
    } finally {
      undo()
      await end()
    }
  }
  const done = finish()
  done.catch(() => undefined)
  return { address: begun.href, done, cancel: () => door.giveUp('The sign-in was given up.') }
}

/** Asks the server who it is, which it answers with who may ask. */
const introduction = {
  jsonrpc: '2.0' as const,
  id: 0,
  method: 'initialize',
  params: {
    protocolVersion: LATEST_PROTOCOL_VERSION,
    capabilities: {},
    clientInfo: { name: 'parley', version: '0.1.0' },
  },
}
