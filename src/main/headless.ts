// The starts in plain Node: `npm run talk`, `npm start` where there is no Electron, and orders to the running app.
import { readFileSync } from 'node:fs'
import { takeSecrets } from '../core/own-environment.ts'
import { dataFolder } from './folders.ts'
import { orderFromTerminal } from './orders/from-terminal.ts'
import { orderUsage, readTerminalOrder } from './orders/order.ts'
import { runTalk } from './talk/run.ts'
import { printing } from './terminal.ts'
import { runWindow } from './web/run.ts'

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
if (mode === 'window') {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  process.exitCode = await runWindow(args, version, terminal)
} else if (mode === 'order') process.exitCode = await runOrder(args)
else process.exitCode = await runTalk(process.argv.slice(2), terminal)

/** @returns an order's exit code; 4 when nobody runs and the app is to be begun for it */
async function runOrder(order: readonly string[]): Promise<number> {
  const read = readTerminalOrder(order) ?? { type: 'usage' as const, message: orderUsage }
  const code = await orderFromTerminal(read, {
    folder: dataFolder(terminal.env),
    terminal: printing(terminal),
    begin: null,
  })
  return code === 3 && read.type === 'order' && read.begins ? 4 : code
}
// Child processes and sockets are closed by now; whatever a library still holds must not keep a shell waiting.
process.exit()
