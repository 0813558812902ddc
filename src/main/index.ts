// Where Electron begins.
import { startShell } from './shell/electron/start.ts'

await startShell()
