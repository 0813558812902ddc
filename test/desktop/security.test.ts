// Every point of the checklist and every fuse, tried on Parley and on an app in which each of them is wrong.
import fc from 'fast-check'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { requests } from '../../src/core/ipc.ts'
import { startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'
import { auditSecurity, auditVersion, type Audit } from '../support/security-audit.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** For each channel; ten thousand in a full run. */
const runs = Number(process.env['PARLEY_RUNS'] ?? 150)
/** What Playwright carries into the page and the bridge out of it; what it can't carry is in the flood below. */
const payload = fc.oneof(
  fc.anything({ maxDepth: 3, withBigInt: true }),
  fc.date({ noInvalidDate: true }),
  fc.dictionary(
    fc.constantFrom(...new Set(Object.values(requests).flatMap(({ argument }) => Object.keys(shapeOf(argument))))),
    fc.oneof(fc.anything({ maxDepth: 1 }), fc.string(), fc.boolean()),
    { minKeys: 1 },
  ),
)

function shapeOf(schema: object): object {
  return 'shape' in schema && typeof schema.shape === 'object' ? (schema.shape ?? {}) : {}
}

const points = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 20]

let desktop: Desktop
let app: DesktopApp
let ours: Audit
let leaky: Audit
let folder: string

/** The runtime with the leaky app in place of Parley. */
function leakyRuntime(): string {
  folder = mkdtempSync(join(tmpdir(), 'parley-leaky-'))
  const runtime = join(folder, 'runtime')
  execFileSync('cp', ['--archive', inject('electron').folder, runtime])
  symlinkSync(join(root, 'test/support/leaky-app'), join(runtime, 'resources/app'))
  return join(runtime, 'electron')
}

beforeAll(async () => {
  desktop = await openDesktop()
  const open = await startApp(desktop, { program: leakyRuntime() })
  leaky = await auditSecurity(open.electron, open.page, join(root, 'test/support/leaky-app/preload.cjs'))
  await open.electron.close()
  app = await startApp(desktop)
  ours = await auditSecurity(app.electron, app.page, join(root, 'out/preload/index.cjs'))
})
afterAll(async () => {
  await app.quit()
  await desktop.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the security checklist', () => {
  it.each(points)('[X50] point %i holds, and the audit sees where it does not', (point) => {
    expect(ours[point]).toBeNull()
    expect(leaky[point]).toEqual(expect.any(String))
  })

  it('[X50] point 16 holds: Electron is one of the three newest majors', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(auditVersion(devDependencies['electron']!, 45)).toBeNull()
    expect(auditVersion('33.2.1', 45)).toEqual(expect.any(String))
  })

  it('[X40] the fuses are read from the binary: in the bare runtime they are not what the package has', async () => {
    const fuses = await getCurrentFuseWire(join(inject('electron').folder, 'electron'))
    expect(fuses[FuseV1Options.RunAsNode]).toBe('1'.charCodeAt(0))
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe('0'.charCodeAt(0))
  })

  it('[X5] a page that floods the bridge is slowed down, told so, and main lives', async () => {
    const replies = await app.page.evaluate(async () => {
      const { parley } = window as unknown as {
        parley: { ask(name: unknown, argument: unknown): Promise<{ ok: boolean }> }
      }
      const odd = [
        undefined,
        null,
        Infinity,
        'x'.repeat(100_000),
        [[[[[[[]]]]]]],
        new Map([[1, 2]]),
        { __proto__: { a: 1 } },
      ]
      const asked = Array.from({ length: 2_000 }, (_, at) => parley.ask(at % 2 ? 'say' : odd[at % 7], odd[at % 5]))
      return (await Promise.all(asked)).map(({ ok }) => ok)
    })
    expect(replies).toHaveLength(2_000)
    expect(replies.filter(Boolean)).toEqual([])
    await expect
      .poll(() => app.page.evaluate(() => window.parley!.ask('look', null).then(({ ok }) => ok)), { timeout: 5_000 })
      .toBe(true)
  })

  it(`[X5] of ${runs} random payloads for every channel none that the contract refuses comes through the window's bridge`, async () => {
    // The gate lets 50 requests a second pass; on its clock each of these milliseconds is one of its seconds.
    await app.electron.evaluate(() => {
      const now = performance.now.bind(performance)
      performance.now = () => now() * 1_000
    })
    const settings = JSON.stringify((await app.ask('look', null)).settings)
    const accepted: string[] = []
    for (const [name, { argument }] of Object.entries(requests)) {
      const payloads = fc
        .sample(payload, { numRuns: runs, seed: 5 })
        .filter((value) => !argument.safeParse(value).success)
      expect(payloads.length).toBeGreaterThan(runs / 2)
      for (let at = 0; at < payloads.length; at += 250) {
        const given = payloads.slice(at, at + 250)
        const replies = await app.page.evaluate(
          (asked) => Promise.all(asked.given.map((each) => window.parley!.ask(asked.name as never, each as never))),
          { name, given },
        )
        // Refused for what they are, not for their number.
        const wrong = replies.map((reply) => reply.ok || reply.error.message.startsWith('Too many'))
        accepted.push(...given.filter((_, index) => wrong[index]).map((each) => `${name} ${String(each)}`))
      }
    }
    expect(accepted).toEqual([])
    expect(JSON.stringify((await app.ask('look', null)).settings)).toBe(settings)
  })
})
