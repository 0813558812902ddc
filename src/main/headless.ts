// The starts in plain Node: `npm run talk`, `npm start` where there is no Electron, and orders to the running app.
import { readFileSync } from 'node:fs'
import { takeSecrets } from '../core/own-environment.ts'
import { guardAgainstCrashes } from './crash/guard.ts'
import { dataFolder } from './folders.ts'
import { readDataCommand, runDataCommand } from './data-commands/run.ts'
import { orderFromTerminal } from './orders/from-terminal.ts'
import { orderUsage, readTerminalOrder } from './orders/order.ts'
import { runTalk } from './talk/run.ts'
import { printing } from './terminal.ts'
import { runWindow } from './link/run.ts'

const { stdin, stdout, stderr, platform } = process
const terminal = {
  env: takeSecrets(process.env),
  stdin,
  stdout,
  stderr,
  platform,
  once: (event: 'SIGINT' | 'SIGTERM', listen: () => void) => process.once(event, listen),
}
const [mode, ...args] = process.argv.slice(2)
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}
const folder = dataFolder(terminal.env)
const guard = guardAgainstCrashes({
  folder,
  version,
  say: (message) => printing(terminal).stderr.write(`${message}\n`),
  exit: (code) => process.exit(code),
})
const command = mode === 'order' || mode === 'window' ? readDataCommand(args) : null
if (command !== null) {
  const { stdout, stderr } = printing(terminal)
  process.exitCode = await runDataCommand(command, { folder, version, stdout, stderr })
} else if (mode === 'window') process.exitCode = await runWindow(args, version, terminal, guard)
else if (mode === 'order') process.exitCode = await runOrder(args)
else process.exitCode = await runTalk(process.argv.slice(2), terminal, guard)

/** @returns an order's exit code; 4 when nobody runs and the app is to be begun for it */
async function runOrder(order: readonly string[]): Promise<number> {
  const read = readTerminalOrder(order) ?? { type: 'usage' as const, message: orderUsage }
  const code = await orderFromTerminal(read, {
    folder,
    terminal: printing(terminal),
    begin: null,
  })
  return code === 3 && read.type === 'order' && read.begins ? 4 : code
}
// Child processes and sockets are closed by now; whatever a library still holds must not keep a shell waiting.
process.exit()
