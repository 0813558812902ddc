// One set-up at a time in a folder: two first starts at once (a voice engine here, the companion there) would otherwise
// both replace node_modules. A lock whose holder is gone is taken over.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 250

/** @param {string} path @returns {number | null} the holder, null when nobody holds it */
function holderOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** @param {number} pid */
function lives(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** @param {string} path */
function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/**
 * @param {string} path of the lock file
 * @param {(holder: number) => void} onWait called once when another process holds the lock
 * @returns {Promise<() => void>} the release, which also happens when the process ends
 */
export async function lock(path, onWait) {
  mkdirSync(dirname(path), { recursive: true })
  let told = false
  while (!tryLock(path)) {
    const holder = holderOf(path)
    // An empty file is a holder that has not yet written its number.
    if (holder !== null && holder !== 0 && !lives(holder)) {
      rmSync(path, { force: true })
      continue
    }
    if (!told && holder !== null) onWait(holder)
    told = told || holder !== null
    await sleep(pollMs)
  }
  const release = () => {
    if (holderOf(path) === process.pid) rmSync(path, { force: true })
  }
  process.once('exit', release)
  return () => {
    process.off('exit', release)
    release()
  }
}
