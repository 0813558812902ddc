// The part of the window's contract (ipc.ts) that is about other devices. Letting in, rights and revoking are done at the computer
// itself: a device can't let in another one.
import { z } from 'zod'
import { ask } from '../tool-server-requests.ts'
import { rights } from './rights.ts'
import type { LinkView } from './view.ts'

const id = z.string().min(1).max(64)
const some = z.array(z.enum(rights)).max(rights.length)

export const linkRequests = {
  link: ask(z.null(), 'here'),
  /** Shows digits for two minutes; those of before are void. */
  'begin-pairing': ask(z.null(), 'here'),
  'end-pairing': ask(z.null(), 'here'),
  'agree-device': ask(z.object({ asking: id, rights: some }), 'here'),
  'refuse-device': ask(z.object({ asking: id }), 'here'),
  'set-rights': ask(z.object({ device: id, rights: some }), 'here'),
  'revoke-device': ask(z.object({ device: id }), 'here'),
  'revoke-devices': ask(z.null(), 'here'),
  /** The conversation's microphone and voice are those of whoever asks, until somebody else does. */
  'take-floor': ask(z.null(), 'talk'),
  /** They are the computer's again. */
  'give-floor': ask(z.null(), 'talk'),
} as const

export interface LinkAnswers {
  link: LinkView
  'begin-pairing': LinkView
  'end-pairing': LinkView
  'agree-device': LinkView
  'refuse-device': LinkView
  'set-rights': LinkView
  'revoke-device': LinkView
  'revoke-devices': LinkView
  'take-floor': null
  'give-floor': null
}
