// An address as a person types it, made whole: what begins without a scheme gets the one that fits where it leads. Pure.

const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i
const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(?=[:/]|$)/i

/** Of a voice service: encrypted, but on this computer. What has a scheme, and nothing at all, stays as it is. */
export function completeVoiceAddress(typed: string): string {
  const text = typed.trim()
  if (text === '' || hasScheme.test(text)) return text
  return `${isHere.test(text) ? 'ws' : 'wss'}://${text}`
}

/** What is kept as the address of a model server on this computer. */
export const localAddress = /^http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?\/?$/

/** Of a model server on this computer. */
export function completeLocalAddress(typed: string): string {
  const text = typed.trim()
  return text === '' || hasScheme.test(text) ? text : `http://${text}`
}
