// Which address may become a file of the person's; which one is handed to the system's browser is core/link.ts.
import { appOrigin } from './gate.ts'

/** Made by the window itself: an exported conversation. */
export function isOwnFile(url: string): boolean {
  return url.startsWith(`blob:${appOrigin}/`)
}
