// Where Electron begins.
import { takeSecrets } from '../core/own-environment.ts'
import { startShell } from './shell/electron/start.ts'

// Not awaited here: Electron is ready only when this module has been loaded.
void startShell(takeSecrets(process.env))
