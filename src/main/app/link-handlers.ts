// What requests about other devices do. All of them come from this computer's own window alone.
import type { LinkAnswers } from '../../core/devices/requests.ts'
import type { ArgumentOf } from '../../core/ipc.ts'
import type { Link } from '../link/link.ts'
import { RefusedRequest } from './reply.ts'

export type LinkAnswerTable = {
  [Name in keyof LinkAnswers]: (argument: ArgumentOf<Name>) => Promise<LinkAnswers[Name]>
}

/** @param link null where there is none to open */
export function createLinkHandlers(link: Link | null): LinkAnswerTable {
  function must(): Link {
    if (link === null) throw new RefusedRequest('refused', 'There is no door for other devices here.')
    return link
  }
  const stillAsks = (does: boolean): void => {
    if (!does) throw new RefusedRequest('missing', 'This device does not ask any more. Begin again with new digits.')
  }
  return {
    link() {
      return Promise.resolve(must().view())
    },
    'begin-pairing'() {
      if (must().view().door.type !== 'open')
        throw new RefusedRequest('refused', 'Switch on “Other devices on this network” first.')
      if (!must().beginPairing())
        throw new RefusedRequest(
          'refused',
          'As many devices are paired as there is room for. Revoke one, then pair the new one.',
        )
      return Promise.resolve(must().view())
    },
    'end-pairing'() {
      must().endPairing()
      return Promise.resolve(must().view())
    },
    'agree-device'({ asking, rights }) {
      stillAsks(must().agree(asking, rights))
      return Promise.resolve(must().view())
    },
    'refuse-device'({ asking }) {
      stillAsks(must().refuse(asking))
      return Promise.resolve(must().view())
    },
    async 'set-rights'({ device, rights }) {
      await must().setRights(device, rights)
      return must().view()
    },
    async 'revoke-device'({ device }) {
      await must().revoke(device)
      return must().view()
    },
    async 'revoke-devices'() {
      await must().revoke(null)
      return must().view()
    },
    // A device's own line answers these to it (link/line.ts); what comes here comes from this computer.
    async 'take-floor'() {
      await must().talkHere()
      return null
    },
    async 'give-floor'() {
      await must().talkHere()
      return null
    },
  }
}
