// The power goes under a real file system: a process uses everything of the data folder on a disk in a file, is stopped at any moment,
// and a copy of the file is what a cut would leave, with nothing in it that the kernel had not handed to the disk.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diskFiles } from '../../../src/main/store/files.ts'
import { bundle } from '../../support/bundled.ts'
import { findFacts, wrongWith } from '../../support/facts-found.ts'
import { newLedger, type Ledger, type Place } from '../../support/folder-acts.ts'
import { copyDisk, makeDisk, mountDisk, type FileSystem } from '../../support/loop-disk.ts'
import { openPlainLowdb } from '../../support/plain-lowdb.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { openLife } from '../../support/whole-folder.ts'

const runs = process.env['PARLEY_RUNS']
const images = Number(runs ?? 1)
/** XFS is as large as its least, and its tools are not on every machine. */
const kinds: readonly FileSystem[] = runs === undefined ? ['ext4'] : ['ext4', 'xfs']

const needs = 'needs to be root on Linux, with loop devices'

let writer: { path: string; folder: string }
beforeAll(async () => {
  writer = await bundle(fileURLToPath(new URL('../../support/folder-writer.ts', import.meta.url)))
})
afterAll(() => rmSync(writer.folder, { recursive: true, force: true }))

function take(ledger: Ledger, line: string): void {
  const [what, key, value] = JSON.parse(line) as [string, string, string]
  if (what === 'there+') ledger.there.add(key)
  else if (what === 'there-') ledger.there.delete(key)
  else if (what === 'gone+') ledger.gone.add(key)
  else if (what === 'place+') ledger.places.set(key, value as Place)
  else if (what === 'place-') ledger.places.delete(key)
}

interface Cut {
  image: string
  ledger: Ledger
}

/** One process that is stopped so many times, at any moment. */
async function cuts(root: string, kind: FileSystem, times: number, keeper: string): Promise<Cut[]> {
  const image = join(root, `${kind}.img`)
  if (!makeDisk(kind, image)) return []
  const folder = join(root, 'mounted')
  const unmount = mountDisk(image, folder)
  const ledger = newLedger()
  const found: Cut[] = []
  const child = spawn(process.execPath, [writer.path, join(folder, 'parley'), keeper], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  let lines = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines += 1
    take(ledger, line)
  })
  const random = seededRandom(times)
  try {
    for (let at = 0; at < times; at += 1) {
      const before = lines
      while (lines < before + 20) await setTimeout(5)
      await setTimeout(random() * 400)
      child.kill('SIGSTOP')
      // What it had reported by then has come.
      for (let last = -1; last !== lines;) {
        last = lines
        await setTimeout(20)
      }
      const copy = `${image}.${at}`
      copyDisk(image, copy)
      found.push({
        image: copy,
        ledger: {
          ...newLedger(),
          there: new Set(ledger.there),
          gone: new Set(ledger.gone),
          places: new Map(ledger.places),
        },
      })
      child.kill('SIGCONT')
    }
  } finally {
    child.kill('SIGKILL')
    await gone
    unmount()
  }
  return found
}

async function inFolder<Result>({ image }: Cut, look: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = `${image}.mounted`
  const unmount = mountDisk(image, folder)
  try {
    return await look(join(folder, 'parley'))
  } finally {
    unmount()
  }
}

type Skip = (why: string) => void

function withRoot(act: (root: string, skip: Skip) => Promise<void>): (context: { skip: Skip }) => Promise<void> {
  return async ({ skip }) => {
    const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'parley-disk-'))
    try {
      await act(root, skip)
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  }
}

describe('a power cut under a real file system', () => {
  for (const kind of kinds)
    it(
      `[D252] of ${kind} loses nothing acknowledged and brings nothing deleted back, in ${images} images`,
      withRoot(async (root, skip) => {
        const found = await cuts(root, kind, images, 'all')
        if (found.length === 0) skip(needs)
        let facts = 0
        for (const cut of found) {
          facts += cut.ledger.there.size + cut.ledger.gone.size
          const wrong = await inFolder(cut, async (folder) => {
            const life = await openLife({ folder, clock: createStillClock(), random: seededRandom(1) })
            const wrong = wrongWith(cut.ledger, await findFacts(life, cut.ledger))
            await life.end()
            return wrong
          })
          expect([cut.image, wrong]).toEqual([cut.image, []])
        }
        console.log(`${kind}: ${found.length} images, ${facts} facts held`)
        expect(facts).toBeGreaterThan(20 * images)
      }),
    )

  it(
    '[D252] loses turns in the same test when lowdb keeps them by itself',
    withRoot(async (root, skip) => {
      const found = await cuts(root, 'ext4', Math.max(2, images), 'lowdb')
      if (found.length === 0) skip(needs)
      let withLoss = 0
      for (const cut of found) {
        const there = await inFolder(cut, (folder) =>
          openPlainLowdb(diskFiles, join(folder, 'plain.json')).then(
            (low) => low.changes().flatMap(({ change }) => (change.type === 'turn-started' ? [change.turn] : [])),
            () => [] as string[],
          ),
        )
        if ([...cut.ledger.there].some((fact) => !there.includes(fact.slice('turn one '.length)))) withLoss += 1
      }
      console.log(`plain lowdb: ${withLoss} of ${found.length} images with losses`)
      expect(withLoss).toBeGreaterThan(0)
    }),
  )
})
