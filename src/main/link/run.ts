// The start without Electron: the same app, the same window, in the system's browser. From its arguments to its exit code.
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { composeApp } from '../compose-app.ts'
import { createSessionSecrets } from '../app/session-secrets.ts'
import type { CrashGuard } from '../crash/guard.ts'
import { dataFolder } from '../folders.ts'
import { orderFromTerminal } from '../orders/from-terminal.ts'
import { obeyOrders } from '../orders/obey.ts'
import { readTerminalOrder } from '../orders/order.ts'
import { openOrders } from '../orders/order-socket.ts'
import { StoreError } from '../store/store-error.ts'
import { printing } from '../terminal.ts'
import { readWindow, windowFolder } from './files.ts'
import { openByPage } from './opening.ts'
import { parseWindow, WindowUsageError } from './options.ts'
import { openWebServer, type WebServer } from './server.ts'

interface Terminal {
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  stdin: Readable
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
  once(event: 'SIGINT' | 'SIGTERM', listen: () => void): unknown
}

/** Resolves when the person ends it. @returns the exit code: 0 ended, 1 it could not be done, 2 it was not understood */
export async function runWindow(
  args: readonly string[],
  version: string,
  given: Terminal,
  guard?: CrashGuard,
): Promise<number> {
  const terminal = printing(given)
  const fail = (message: string, code: number): number => {
    terminal.stderr.write(`${message}\n`)
    return code
  }
  // Listened for from the beginning: whoever ends it while it opens ends it in order too.
  const asked = ended(terminal)
  try {
    const order = readTerminalOrder(args)
    if (order !== null)
      return await orderFromTerminal(order, { folder: dataFolder(terminal.env), terminal, begin: null })
    const options = parseWindow(args, terminal.env, terminal.platform)
    const files = await readWindow(windowFolder)
    if (!files.has('/')) return fail('The window is not built. Start Parley with “npm start”, which builds it.', 1)
    const secrets = createSessionSecrets(terminal.env)
    const folder = dataFolder(terminal.env)
    const app = await composeApp({
      folder,
      version,
      shell: 'browser',
      secrets,
      env: terminal.env,
      ...(guard ? { guard } : {}),
    })
    try {
      const server = await openWebServer({ app, files, port: options.port })
      const { env, platform } = terminal
      const removePage = options.openBrowser
        ? await openByPage({ address: server.newAddress(), folder, platform, env })
        : () => Promise.resolve()
      const undo = printAddresses(server, terminal)
      let quit = (): void => undefined
      const told = new Promise<void>((resolve) => (quit = resolve))
      const obey = obeyOrders(app, { show: null, quit: () => quit() })
      const closeOrders = await openOrders(folder, obey, (message) => terminal.stderr.write(`${message}\n`))
      await Promise.race([asked, told])
      await closeOrders()
      undo()
      await removePage()
      await server.close()
    } finally {
      await app.stop()
    }
    return 0
  } catch (error) {
    if (error instanceof WindowUsageError) return fail(error.message, 2)
    if (error instanceof StoreError) return fail(error.message, 1)
    if (isPortTaken(error)) return fail('This port is taken. Choose another with --port, or none.', 1)
    throw error
  }
}

function ended(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    terminal.once('SIGINT', resolve)
    terminal.once('SIGTERM', resolve)
  })
}

/** Each address is good for one page and for a minute. */
function printAddresses(server: WebServer, { stdin, stdout }: Terminal): () => void {
  const print = (): unknown => stdout.write(`Parley is at ${server.newAddress()}\n`)
  const lines = createInterface({ input: stdin, terminal: false })
  print()
  stdout.write('This address opens one page within a minute; Enter prints a new one. Ctrl+C ends Parley.\n')
  lines.on('line', print)
  return () => lines.close()
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}
