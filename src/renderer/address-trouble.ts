// Why an address that was typed can't be used, in words for the place where it was typed. What answers there is found by trying.
import { localAddress } from '../core/connection/complete-address.ts'
import { whyNoServiceAddress } from '../core/connection/service-address.ts'
import type { Say } from '../core/language/messages.ts'

/** @param address completed @returns null when it can be used */
export function voiceAddressTrouble(address: string, say: Say): string | null {
  // Chromium would take a space into a host's name.
  return /^(https?|wss?):\/\/\S+$/i.test(address) && URL.canParse(address)
    ? whyNoServiceAddress(address)
    : say('service.noAddress')
}

/** @param address completed, or nothing @returns null when it can be used */
export function localAddressTrouble(address: string, say: Say): string | null {
  return address === '' || localAddress.test(address) ? null : say('service.noLocalAddress')
}
