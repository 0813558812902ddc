import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { mostFilled, readOrder } from '../../../src/main/shell/orders.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

describe('a second start', () => {
  it('[X62] talks for the bare word, also among what Chromium adds', () => {
    expect(readOrder(['/opt/Parley/parley', '--talk'])).toBe('talk')
    expect(readOrder(['/opt/Parley/parley', '--allow-file-access-from-files', '--talk'])).toBe('talk')
    expect(readOrder(['electron', '/opt/parley', '--talk'])).toBe('talk')
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

  it('[X71] an address of the one kind that is known fills the field with its words, as one line that moves nothing', () => {
    expect(readOrder(['parley', 'parley://say?text=What%20time%20is%20it%3F'])).toEqual({ fill: 'What time is it?' })
    expect(readOrder(['electron', '/opt/parley', '--flag', 'parley://say/?text=a+b'])).toEqual({ fill: 'a b' })
    const hostile = 'parley://say?text=one%0Atwo%00%1B%5B2J%E2%80%AE<b>x</b>'
    expect(readOrder(['parley', hostile])).toEqual({ fill: 'one two␀␛[2J\ufffd<b>x</b>' })
    const long = readOrder(['parley', `parley://say?text=${'x'.repeat(15_000)}`])
    expect(long).toEqual({ fill: 'x'.repeat(mostFilled) })
  })

  it('[X71] whatever else an address says shows the window', () => {
    const others = [
      'parley://say',
      'parley://say?text=',
      'parley://say?text=%20%0A',
      'parley://say?text=a&send=1',
      'parley://say?send=1&text=a',
      'parley://say?text=a&text=b',
      'parley://say?text=a#b',
      'parley://say/now?text=a',
      'parley://me@say?text=a',
      'parley://say:1?text=a',
      'parley://talk?text=a',
      'parley:say?text=a',
      'http://say?text=a',
      `parley://say?text=${'x'.repeat(16_000)}`,
    ]
    for (const address of others) expect([address, readOrder(['parley', address])]).toEqual([address, 'show'])
    expect(readOrder(['parley', 'parley://say?text=a', 'parley://say?text=b'])).toBe('show')
    expect(readOrder(['parley', '--talk', 'parley://say?text=a'])).toBe('show')
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(readOrder(['parley', url])).toBe('show')
      }),
    )
  })

  it('[X71] the package names the one scheme, and the app takes none for itself', () => {
    const packaging = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
    expect(packaging).toMatch(/^protocols:\n {2}- name: Parley\n {4}schemes: \[parley\]$/m)
    expect(packaging).not.toMatch(/^\s*(fileAssociations|MimeType):/m)
  })
})
