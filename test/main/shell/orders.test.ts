import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readOrder } from '../../../src/main/shell/orders.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

describe('a second start', () => {
  it('[X62] talks for the bare word, also among what Chromium adds', () => {
    expect(readOrder(['/opt/Parley/parley', '--talk'])).toBe('talk')
    expect(readOrder(['/opt/Parley/parley', '--allow-file-access-from-files', '--talk'])).toBe('talk')
    expect(readOrder(['electron', '/work/parley', '--talk'])).toBe('talk')
    expect(readOrder(['/opt/Parley/parley'])).toBe('show')
  })

  it('[X62] only shows the window for anything that could come from a link', () => {
    const hostile = [
      ['parley://talk'],
      ['parley://x', '--talk'],
      ['--talk', 'https://evil.example'],
      ['parley:--talk'],
      ['--talk=now'],
      ['"--talk"'],
      ['parley://x" --talk "'],
      ['--talk\n', 'x\u202e'],
      ['file:///tmp/x', '--talk'],
      ['me@evil.example', '--talk'],
      ['--talk\u0000'],
    ]
    for (const args of hostile) expect([args, readOrder(['parley', ...args])]).toEqual([args, 'show'])
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (args) => {
        fc.pre(!args.includes('--talk'))
        expect(readOrder(['--talk', ...args])).toBe('show')
      }),
    )
  })

  it('[X62] no scheme is registered with the system, neither by the app nor by its package', () => {
    const sources = readdirSync(join(root, 'src/main'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(root, 'src/main', name), 'utf8'))
    expect(sources.filter((source) => /setAsDefaultProtocolClient|open-url/.test(source))).toEqual([])
    const packaging = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
    expect(packaging).not.toMatch(/^\s*(protocols|fileAssociations|MimeType):/m)
  })
})
