// What the start without Electron was asked for. Pure: arguments in, options or one sentence out.
import { parseArgs } from 'node:util'

export interface WindowOptions {
  /** False: only the address is printed. */
  openBrowser: boolean
  /** 0: any free one. */
  port: number
}

/** `message` says what to type instead. */
export class WindowUsageError extends Error {
  override readonly name = 'WindowUsageError'
}

const usage = `Usage: npm start -- [--headless] [--port N]

  --headless   don't open a browser, only print the address
  --port N     the port on 127.0.0.1, any free one by itself`

/** @param env the process's environment: without a display there is no browser to open. @throws WindowUsageError */
export function parseWindow(args: readonly string[], env: NodeJS.ProcessEnv, platform: NodeJS.Platform): WindowOptions {
  const { values } = parse(args)
  const port = Number(values.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new WindowUsageError('A port is a number from 1 to 65535.')
  const hasDisplay = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY'])
  return { openBrowser: hasDisplay && values.headless !== true, port }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { headless: { type: 'boolean' }, port: { type: 'string' } } })
  } catch (error) {
    throw new WindowUsageError(`${error instanceof Error ? error.message : 'Not understood.'}\n\n${usage}`)
  }
}
