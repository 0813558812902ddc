// An order as a terminal gives it: asked of the running app, which is begun if need be; printed; with an exit code.
import { askRunning } from './order-socket.ts'
import { statusWords, type Order, type OrderReply, type ReadOrder } from './order.ts'

export interface OrderTerminal {
  folder: string
  terminal: { stdout: { write(text: string): unknown }; stderr: { write(text: string): unknown } }
  /** Begins Parley in the background; null where only the person can. */
  begin: (() => void) | null
}

/** A slow machine starts within this. */
const startWithinMs = 60_000
const askEveryMs = 250

/** @returns the exit code: 0 done, 1 refused, 2 not understood, 3 Parley is not running */
export async function orderFromTerminal(read: NonNullable<ReadOrder>, opts: OrderTerminal): Promise<number> {
  const { stdout, stderr } = opts.terminal
  const fail = (message: string, code: number): number => {
    stderr.write(`${message}\n`)
    return code
  }
  if (read.type === 'usage') return fail(read.message, 2)
  try {
    const reply = (await askRunning(opts.folder, read.order)) ?? (read.begins ? await begun(read.order, opts) : null)
    if (reply === null) return fail('Parley is not running.', 3)
    if (!reply.ok) return fail(reply.message, 1)
    const { status } = reply
    const said = status === undefined ? reply.said : read.json ? JSON.stringify(status) : statusWords(status)
    stdout.write(`${said}\n`)
    return 0
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'That could not be done.', 1)
  }
}

/** @returns null when it can't be begun from here. @throws when it does not come up */
async function begun(order: Order, { folder, terminal, begin }: OrderTerminal): Promise<OrderReply | null> {
  if (begin === null) return null
  terminal.stderr.write('Parley is started …\n')
  begin()
  for (let waitedMs = 0; waitedMs < startWithinMs; waitedMs += askEveryMs) {
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
    const reply = await askRunning(folder, order)
    if (reply !== null) return reply
  }
  throw new Error('Parley was started, but does not answer. Look at its window.')
}
