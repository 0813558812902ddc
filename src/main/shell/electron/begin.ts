// Begins Parley for an order of a terminal: a process of its own, which stays when the terminal goes, without its window.
import { app } from 'electron'
import { spawn } from 'node:child_process'

/** @param env the environment as it was, keys included: what is begun is to find what an ordinary start finds */
export function beginInBackground(env: NodeJS.ProcessEnv): () => void {
  return () => {
    const flags = process.argv.slice(1).filter((arg) => arg.startsWith('--') && arg !== '--json')
    const args = [...(process.defaultApp ? [app.getAppPath()] : []), ...flags, '--hidden']
    spawn(process.execPath, args, { env, detached: true, stdio: 'ignore' }).unref()
  }
}
