// A start that a terminal orders something with: what is done with the data folder while no Parley runs, or by the running one.
import { readDataCommand, runDataCommand, type DataTerminal } from '../../data-commands/run.ts'
import { orderFromTerminal } from '../../orders/from-terminal.ts'
import { readTerminalOrder } from '../../orders/order.ts'
import { printing } from '../../terminal.ts'
import { beginInBackground } from './begin.ts'

/** @returns the exit code; null: nothing of the kind was ordered, an ordinary start */
export async function runOrdered(
  given: readonly string[],
  opts: DataTerminal & { env: NodeJS.ProcessEnv },
): Promise<number | null> {
  const { env, ...terminal } = opts
  const command = readDataCommand(given)
  if (command !== null) return runDataCommand(command, terminal)
  const order = readTerminalOrder(given)
  if (order === null) return null
  return orderFromTerminal(order, {
    folder: terminal.folder,
    terminal: printing(process),
    begin: beginInBackground(env),
  })
}
