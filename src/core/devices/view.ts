// What the window shows of other devices: whether the door is open and where, who is paired, who asks to be.
import type { Right } from './rights.ts'

export interface PairedDevice {
  id: string
  name: string
  rights: readonly Right[]
  /** Wall clock. */
  pairedMs: number
  seenMs: number
  isConnected: boolean
}

/** A device that has shown the digits and waits for the person's yes. */
export interface AskingDevice {
  id: string
  /** As it calls itself. */
  name: string
  /** From which address. */
  from: string
}

export interface Pairing {
  digits: string
  /** Wall clock. */
  untilMs: number
  /** What the QR code holds: where to go, and whose certificate is there. No secret. */
  address: string
  /** Wrong digits so far, of at most five. */
  wrong: number
}

/** `locked`: too many wrong digits. */
export type PairingEnd = 'locked' | 'expired' | null

export type DoorState =
  { type: 'closed' } | { type: 'opening' } | { type: 'open' } | { type: 'failed'; message: string }

export interface LinkView {
  door: DoorState
  /** Where it is now, the best address first. */
  addresses: readonly string[]
  /** Of its certificate: SHA-256, pairs of hexadecimal digits. */
  fingerprint: string
  pairing: Pairing | null
  pairingEnd: PairingEnd
  asking: AskingDevice | null
  /** Id of the device that talks in this computer's place. */
  talker: string | null
  devices: readonly PairedDevice[]
}

export const noLink: LinkView = {
  door: { type: 'closed' },
  addresses: [],
  fingerprint: '',
  pairing: null,
  pairingEnd: null,
  asking: null,
  talker: null,
  devices: [],
}

/** What a device knows of itself. */
export interface OwnDevice {
  id: string
  name: string
  rights: readonly Right[]
}

/** The first address that was not there before; null when nothing came. */
export function addedAddresses(before: readonly string[], now: readonly string[]): string | null {
  return now.find((address) => !before.includes(address)) ?? null
}
