// How a device is let in: six digits for two minutes, five wrong ones at most, then a person's yes at this computer. One device
// at a time; digits that were right once, or whose time is over, are nobody's. Holds no socket and no file.
import { randomInt } from 'node:crypto'
import type { AskingDevice, PairingEnd } from '../../core/devices/view.ts'
import type { Right } from '../../core/devices/rights.ts'
import { printableLine } from '../../core/printable.ts'
import type { Clock, Undo } from '../ports.ts'
import { isSame } from './gate.ts'
import { newSecret } from './identity.ts'

export const pairingRules = { digitsMs: 120_000, answerMs: 120_000, mostWrong: 5 }

/** `asking`: the digits were right; the secret is the device's alone, and is what it asks with from then on. */
/** `left`: tries before the digits are void; 0: they are. */
export type Guess = { type: 'asking'; secret: string } | { type: 'wrong'; left: number } | { type: 'closed' }

export type Standing =
  { type: 'asking' } | { type: 'agreed'; name: string; rights: readonly Right[] } | { type: 'unknown' }

export interface OpenPairing {
  digits: string
  /** Wall clock. */
  untilMs: number
  wrong: number
}

export interface PairingCodes {
  open(): OpenPairing | null
  end(): PairingEnd
  asking(): AskingDevice | null
  begin(): void
  stop(): void
  guess(given: { digits: string; name: string; from: string }): Guess
  /** What has become of the device that asks with this secret. */
  standing(secret: string): Standing
  /** The device has fetched what it was given: the secret is worth nothing from then on. */
  settle(secret: string): void
  /** False when it asks no more. */
  agree(id: string, rights: readonly Right[]): boolean
  refuse(id: string): boolean
}

type State =
  | { type: 'closed'; why: PairingEnd }
  | { type: 'open'; digits: string; untilMs: number; wrong: number }
  | { type: 'asking'; device: AskingDevice; secret: string }
  | { type: 'agreed'; device: AskingDevice; secret: string; rights: readonly Right[] }

export function createPairing(opts: {
  clock: Clock
  newId: (prefix: string) => string
  /** Names of devices that are paired: another one of that name is told apart by a number. */
  taken: () => readonly string[]
  onChanged: () => void
}): PairingCodes {
  const { clock } = opts
  let state: State = { type: 'closed', why: null }
  let undo: Undo = () => undefined

  function set(next: State, forMs: number | null): void {
    undo()
    state = next
    if (forMs !== null) undo = clock.after(forMs, () => set({ type: 'closed', why: 'expired' }, null))
    opts.onChanged()
  }

  const holds = (secret: string): boolean =>
    (state.type === 'asking' || state.type === 'agreed') && isSame(state.secret, secret)
  const asks = (id: string): boolean => state.type === 'asking' && state.device.id === id

  return {
    open: () => (state.type === 'open' ? { digits: state.digits, untilMs: state.untilMs, wrong: state.wrong } : null),
    end: () => (state.type === 'closed' ? state.why : null),
    asking: () => (state.type === 'asking' ? state.device : null),
    begin() {
      const digits = String(randomInt(1_000_000)).padStart(6, '0')
      set({ type: 'open', digits, untilMs: clock.nowMs() + pairingRules.digitsMs, wrong: 0 }, pairingRules.digitsMs)
    },
    stop: () => set({ type: 'closed', why: null }, null),
    guess({ digits, name, from }) {
      if (state.type !== 'open') return { type: 'closed' }
      if (!isSame(state.digits, digits)) {
        const wrong = state.wrong + 1
        if (wrong >= pairingRules.mostWrong) set({ type: 'closed', why: 'locked' }, null)
        else {
          state = { ...state, wrong }
          opts.onChanged()
        }
        return { type: 'wrong', left: pairingRules.mostWrong - wrong }
      }
      const secret = newSecret()
      const device = { id: opts.newId('asking'), name: freeName(nameOf(name), opts.taken()), from }
      set({ type: 'asking', device, secret }, pairingRules.answerMs)
      return { type: 'asking', secret }
    },
    standing(secret) {
      if (!holds(secret)) return { type: 'unknown' }
      if (state.type === 'agreed') return { type: 'agreed', name: state.device.name, rights: state.rights }
      return { type: 'asking' }
    },
    settle(secret) {
      if (holds(secret)) set({ type: 'closed', why: null }, null)
    },
    agree(id, rights) {
      if (state.type !== 'asking' || !asks(id)) return false
      set({ ...state, type: 'agreed', rights }, pairingRules.answerMs)
      return true
    },
    refuse(id) {
      if (!asks(id)) return false
      set({ type: 'closed', why: null }, null)
      return true
    },
  }
}

const mostLetters = 40

/** What a stranger calls itself is shown to the person: one short line of letters that can be seen. */
export function nameOf(given: string): string {
  const name = firstLetters(printableLine(given).replace(/\s+/g, ' ').trim(), mostLetters)
  return name === '' ? 'Device' : name
}

/** Cut between letters, not within one. */
function firstLetters(text: string, most: number): string {
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > most) break
    kept += segment
  }
  return kept.trim()
}

function freeName(name: string, taken: readonly string[]): string {
  const others = new Set(taken.map((one) => one.toLowerCase()))
  let free = name
  for (let count = 2; others.has(free.toLowerCase()); count++)
    free = `${firstLetters(name, mostLetters - String(count).length - 1)} ${count}`
  return free
}
