// An app on a disk that refuses, and on one where a file is damaged: what the window is told, and how soon it is answered.
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openApp } from '../../support/opened-app.ts'
import { mountSmallDisk } from '../../support/small-disk.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { within } from '../../support/within.ts'

/** Twice what is promised: other tests run beside it. */
const soon = { ms: 4_000 }

/** A small disk that is full but for its settings. */
function fullDisk(folder: string): { free: () => void } | null {
  if (!mountSmallDisk(folder)) return null
  const ballast = join(folder, 'ballast')
  return { free: () => rmSync(ballast, { force: true }) }
}

function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize))
}

describe('an app', () => {
  it('[D210] on a full disk begins, takes words, begins anew and ends, and stores what waited once there is room', async ({
    skip,
  }) => {
    const folder = temporaryFolder()
    const disk = fullDisk(folder)
    if (disk === null) return skip('needs to be root on Linux')
    const app = await within(
      'the start',
      openApp({
        folder,
        before() {
          fill(folder)
          return Promise.resolve()
        },
      }),
      soon,
    )
    await within('words', app.ask('say', { text: 'kept for later' }), soon).catch(() => undefined)
    await app.state(({ unsaved }) => unsaved)
    disk.free()
    await within(
      'the disk’s return',
      app.state(({ unsaved }) => !unsaved),
      soon,
    )
    fill(folder)
    await within('a new conversation', app.ask('begin', null), soon)
    await within('the end', app.app.stop(), soon)
  })

  it.each(['settings.json', 'spending.json', 'alarms.json', 'index.log', 'keys.json'])(
    '[D211] starts without %s, whatever is in its place, and says so once where something was lost',
    async (name) => {
      for (const place of ['folder', 'noise'] as const) {
        const folder = temporaryFolder()
        if (name !== 'settings.json') {
          if (place === 'folder') mkdirSync(join(folder, name))
          else writeFileSync(join(folder, name), Buffer.from([0, 255, 7, 10, 10, 123]))
        }
        const app = await openApp({
          folder,
          before() {
            if (name !== 'settings.json') return Promise.resolve()
            rmSync(join(folder, name))
            if (place === 'folder') mkdirSync(join(folder, name))
            else writeFileSync(join(folder, name), '{')
            return Promise.resolve()
          },
        })
        const told = await app.ask('troubles', null)
        expect(told.length).toBe(['index.log', 'keys.json'].includes(name) ? 0 : 1)
        expect(await app.ask('troubles', null)).toEqual([])
        await app.app.stop()
      }
    },
  )

  it('[D211] goes on with another conversation when the newest is nothing but noise, and says so', async () => {
    const folder = temporaryFolder()
    const first = await openApp({ folder })
    await first.live()
    const { conversation } = await first.ask('look', null)
    await first.app.stop()
    const home = join(folder, 'conversations')
    const [own = ''] = readdirSync(home)
    for (const name of readdirSync(join(home, own))) rmSync(join(home, own, name), { recursive: true })
    writeFileSync(join(home, own, '00000002.snapshot.json'), 'noise')
    const second = await openApp({ folder })
    const look = await second.ask('look', null)
    expect(look.conversation.id).not.toBe(conversation.id)
    const shown = await second.ask('troubles', null)
    // It is no entry of the list, since nothing of it can be read; whoever opens it is told why.
    expect(shown.length).toBeLessThanOrEqual(1)
    const reply = await second.app.answer('open', { id: conversation.id })
    expect(reply.ok).toBe(false)
  })
})
