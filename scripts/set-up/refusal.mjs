// Remembers for a day that Electron could not be fetched, so that the next starts neither wait for it nor promise it again.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const rememberedForMs = 24 * 60 * 60_000

/** @param {string} file whose age says when it was; nothing is in it */
export function createRefusal(file) {
  return {
    /** A clock that was set back makes no refusal last. @param {number} nowMs */
    isFresh(nowMs) {
      const atMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null
      return atMs !== null && Math.abs(nowMs - atMs) < rememberedForMs
    },
    note() {
      // Where it can't be written, the next start tries again.
      try {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, '')
      } catch {}
    },
    forget: () => rmSync(file, { force: true }),
  }
}
