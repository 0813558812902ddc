// What is kept in the keyring for a server of tools at an address: a header that the person gave, and what a sign-in brought. By
// the whole address, so that another server of the same name is given none of it.
import { z } from 'zod'
import type { Secrets } from '../../ports.ts'

/** The package's own shapes, kept as they are. */
const signInSchema = z.object({
  /** Where the browser came back to; the registration names it. */
  redirect: z.string(),
  client: z.looseObject({ client_id: z.string() }).optional(),
  tokens: z.looseObject({ access_token: z.string(), token_type: z.string() }).optional(),
})

export type KeptSignIn = z.infer<typeof signInSchema>

export interface KeptSecrets {
  header(): Promise<string | null>
  /** @param plain as in Secrets */
  setHeader(header: string, plain: boolean): Promise<void>
  signIn(): Promise<KeptSignIn | null>
  setSignIn(signIn: KeptSignIn): Promise<void>
  removeHeader(): Promise<void>
  removeSignIn(): Promise<void>
}

export function keptSecrets(secrets: Secrets, address: string): KeptSecrets {
  const headerName = `mcp-header ${address}`
  const signInName = `mcp-sign-in ${address}`
  return {
    header: () => secrets.get(headerName),
    setHeader: (header, plain) => secrets.set(headerName, header, plain),
    async signIn() {
      const stored = await secrets.get(signInName)
      return stored === null ? null : readSignIn(stored)
    },
    setSignIn: (signIn) => secrets.set(signInName, JSON.stringify(signIn), false),
    removeHeader: () => secrets.remove(headerName),
    removeSignIn: () => secrets.remove(signInName),
  }
}

/** One can sign in again. */
function readSignIn(stored: string): KeptSignIn | null {
  try {
    return signInSchema.parse(JSON.parse(stored))
  } catch {
    return null
  }
}

/** The value of an `Authorization` header from what a person typed; null when it can't be one. A key alone is a bearer's. */
export function headerFrom(typed: string): string | null {
  const text = typed.trim().replace(/^authorization:\s*/i, '')
  if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(text)) return null
  return text.includes(' ') ? text : `Bearer ${text}`
}
