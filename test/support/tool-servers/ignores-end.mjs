// Goes on when its input ends and when it is asked to end.
import { serve, tool } from './speak.mjs'
process.on('SIGTERM', () => undefined)
process.on('SIGHUP', () => undefined)
setInterval(() => undefined, 1_000)
serve({ tools: [tool('good')] })
