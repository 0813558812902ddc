import fc from 'fast-check'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { autostartPath, desktopEntry, setAutostart } from '../../../src/main/shell/autostart.ts'
import { reloadAfterMs } from '../../../src/main/shell/reload.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('starting at login on Linux', () => {
  it('[X12] is a desktop entry in the autostart folder, there while it is wanted', async () => {
    const path = autostartPath({ XDG_CONFIG_HOME: temporaryFolder() })
    const command = ['/opt/Parley/parley', '--hidden']
    await setAutostart({ on: true, path, command })
    expect(await readFile(path, 'utf8')).toContain('\nExec="/opt/Parley/parley" "--hidden"\n')
    await setAutostart({ on: false, path, command })
    expect(existsSync(path)).toBe(false)
    await setAutostart({ on: false, path, command })
  })

  it('[X12] quotes what the specification gives a meaning', () => {
    expect(desktopEntry(['/a b/100%/"x"\\$y'])).toContain('Exec="/a b/100%%/\\\\"x\\\\"\\\\\\\\\\\\$y"\n')
  })

  it('[X60] holds any program’s path as one value: what is read back is what was written, and no other key', () => {
    const given = fc.array(fc.string({ unit: fc.constantFrom(...Array.from('\n\r\t\\"`$% =[]aß\u0007')) }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(given, (command) => {
        const entry = desktopEntry(command)
        expect(readExec(entry)).toEqual(command)
        expect(entry.split(/\r|\n/).length).toBe(desktopEntry(['/x']).split('\n').length)
      }),
    )
  })

  it('[X60] a line’s end in the program’s path adds no command of its own', () => {
    const entry = desktopEntry(['/opt/p\nExec=/tmp/evil\n[Desktop Action x]'])
    expect(entry.match(/^Exec=/gm)).toHaveLength(1)
    expect(entry).not.toMatch(/^\[Desktop Action/m)
  })
})

/** As a desktop reads it: the escapes of values, then the quotes of arguments, then field codes. */
function readExec(entry: string): string[] {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', s: ' ', '\\': '\\' }
  const line = /^Exec=(.*)$/m.exec(entry)?.[1] ?? ''
  const value = line.replace(/\\(.)/g, (_, sign: string) => escapes[sign] ?? sign)
  return [...value.matchAll(/"((?:\\[^]|[^"\\])*)"/g)].map(([, words = '']) =>
    words.replace(/\\([^])/g, '$1').replaceAll('%%', '%'),
  )
}

describe('a window whose page died', () => {
  it('[X13] is loaded again at once, and with a rest once it keeps dying', () => {
    expect(reloadAfterMs([1_000], 1_000)).toBe(0)
    expect(reloadAfterMs([0, 1, 2, 3, 4], 5)).toBe(0)
    expect(reloadAfterMs([0, 1, 2, 3, 4, 5], 5)).toBe(10_000)
    expect(reloadAfterMs([0, 1, 2, 3, 4, 70_000], 70_000)).toBe(0)
  })
})
