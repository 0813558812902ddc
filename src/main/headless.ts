// The starts in plain Node: `npm run talk`, and `npm start` where there is no Electron.
import { readFileSync } from 'node:fs'
import { takeSecrets } from '../core/own-environment.ts'
import { runTalk } from './talk/run.ts'
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
} else process.exitCode = await runTalk(process.argv.slice(2), terminal)
// Child processes and sockets are closed by now; whatever a library still holds must not keep a shell waiting.
process.exit()
