// The start without a window, in plain Node: `npm run talk`.
import { runTalk } from './talk/run.ts'

process.exitCode = await runTalk(process.argv.slice(2), process)
// Child processes and sockets are closed by now; whatever a library still holds must not keep a shell waiting.
process.exit()
