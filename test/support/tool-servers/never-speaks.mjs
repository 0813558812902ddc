// Says nothing, and does not end when its input does.
import { noteProcess } from './speak.mjs'
noteProcess()
process.on('SIGTERM', () => undefined)
setInterval(() => undefined, 1_000)
