// Opens the system's browser at an address that holds a code. Arguments are read by every user of the machine, so the browser
// is given a page of the person's own that leads there: a file that nobody else can read, and that does not stay.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { childEnvironment } from '../child-environment.ts'
import { codeMs } from './codes.ts'

/** @returns the end of it: the page is gone */
export async function openByPage(opts: {
  address: string
  /** A folder of the person's own. */
  folder: string
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
}): Promise<() => Promise<void>> {
  const path = join(opts.folder, `open-${randomBytes(8).toString('hex')}.html`)
  await writeFile(path, pageTo(opts.address), { mode: 0o600, flag: 'wx' })
  const remove = (): Promise<void> => rm(path, { force: true })
  const timer = setTimeout(() => void remove(), codeMs)
  timer.unref()
  const child = spawn(openerOf(opts.platform), [pathToFileURL(path).href], {
    stdio: 'ignore',
    detached: true,
    env: childEnvironment(opts.env, 'desktop'),
  })
  // The address has been printed: where no browser opens, the person opens one.
  child.on('error', () => undefined)
  child.unref()
  return () => {
    clearTimeout(timer)
    return remove()
  }
}

function openerOf(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'open'
  return platform === 'win32' ? 'explorer.exe' : 'xdg-open'
}

/** @param address of our own making: letters, digits and the signs of an address */
function pageTo(address: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${address}">
<title>Parley</title>
<p><a href="${address}">Open Parley</a></p>
`
}
