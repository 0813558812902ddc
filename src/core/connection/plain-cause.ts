// What a failure of the network means to a person; what it means for the line is close-codes.ts.

/** What the system's own names for failures mean to a person. */
const causes: readonly (readonly [name: RegExp, meaning: string])[] = [
  [/ENOTFOUND|EAI_AGAIN/, 'the server’s name was not found, as without a network'],
  [/ECONNREFUSED/, 'nothing answered at the server’s address'],
  [/ECONNRESET|EPIPE/, 'the connection was reset'],
  [/ETIMEDOUT/, 'the server did not answer'],
  [/ENETUNREACH|EHOSTUNREACH|ENETDOWN/, 'there was no way to the network'],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET)|CERT_UNTRUSTED/,
    'this computer does not trust the certificate that came, as behind a company’s proxy that opens connections. Get the ' +
      'company’s certificate and add it to the system’s store, or name its file in NODE_EXTRA_CA_CERTS',
  ],
  [
    /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    'the server’s certificate is out of date. Check this computer’s clock, then the server',
  ],
  [
    /ALTNAME_INVALID/,
    'the certificate that came is for another server. Check the address, and whether a network wants you to sign in first',
  ],
  [/\(1006\)/, 'the connection broke off without a word'],
  [/closed \(\d+\)/, 'the server closed the line'],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/, 'the server could not prove that it is the one that is meant'],
  [/answered 429/, 'the server is asked too often'],
  [/answered 5\d\d/, 'the server has trouble of its own'],
]

/** Why a line broke or was not made, as the end of a sentence, with its full stop and without the name that a system has for it. */
export function plainCause(cause: string): string {
  if (cause.startsWith('The proxy ')) return cause
  const [, meaning] = causes.find(([name]) => name.test(cause)) ?? []
  const plain = cause.replace(/[.\s]+$/, '')
  // What is told behind a system's name is a sentence of ours.
  const ours = /^[A-Z_]+; (.+)$/.exec(plain)?.[1]
  return meaning === undefined ? `${plain}.` : ours === undefined ? `${meaning}.` : `${meaning}; ${ours}.`
}
