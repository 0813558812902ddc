// What the door carries: the app, as far as a device's line needs it. Apart from the app itself, which has the door among its parts.
import type { Rights } from '../../core/devices/rights.ts'
import type { Notice, Reply } from '../../core/ipc.ts'
import type { Undo } from '../ports.ts'

export interface Served {
  /** Never rejects. */
  answer(name: unknown, argument: unknown, given?: Rights): Promise<Reply>
  hear(listen: (notice: Notice) => void): Undo
}
