import { describe, expect, it } from 'vitest'
import { packagesFor, systemNeeds } from '../../../scripts/set-up/needs.mjs'
import { agrees, nodeTooOld, packageStep, systemStep } from '../../../scripts/set-up/plan.mjs'

const now = { lock: 'l1', abi: '115', platform: 'linux-x64' }
const unread = (): never => {
  throw new Error('the trees were read although the stamp had settled it')
}

describe('Node', () => {
  it.each([
    ['20.19.0', null],
    ['20.20.2', null],
    ['24.0.0', null],
  ])('[K3] %s is new enough', (version, sentence) => expect(nodeTooOld(version, '>=20.19')).toBe(sentence))

  it.each(['20.18.9', '18.20.0', '9.99.0'])('[K3] %s is told in one sentence with the next step', (version) => {
    expect(nodeTooOld(version, '>=20.19')).toBe(
      `Parley needs Node 20.19 or newer and this is ${version}: install a newer one from https://nodejs.org and try again.`,
    )
  })
})

describe('the npm packages', () => {
  it('[K4] are left alone, without reading the trees, when the stamp fits', () => {
    expect(packageStep({ stamp: now, now, addonBuilt: true, sameTree: unread })).toBe('nothing')
  })

  it.each([
    ['another Node ABI', { stamp: { ...now, abi: '127' }, addonBuilt: true }],
    ['another system', { stamp: { ...now, platform: 'darwin-arm64' }, addonBuilt: true }],
    ['an addon that is not built', { stamp: now, addonBuilt: false }],
  ])('[K4] are installed again for %s, whatever the tree holds', (_, seen) => {
    expect(packageStep({ ...seen, now, sameTree: () => true })).toBe('install')
  })

  it.each([
    [null, true, 'adopt'],
    [null, false, 'install'],
    [{ ...now, lock: 'l0' }, true, 'adopt'],
    [{ ...now, lock: 'l0' }, false, 'install'],
  ] as const)('[K4] with the stamp %o and a tree that agrees: %s, the step is %s', (stamp, same, step) => {
    expect(packageStep({ stamp, now, addonBuilt: true, sameTree: () => same })).toBe(step)
  })

  const locked = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b': { version: '2.0.0', integrity: 'sha512-b', optional: true },
    'scripts/stubs/c': { version: '1.3.0' },
  }
  const a = locked['node_modules/a']
  it.each([
    ['the same packages', { 'node_modules/a': a, 'node_modules/b': locked['node_modules/b'] }, true],
    ['all but an optional one', { 'node_modules/a': a }, true],
    ['no record at all', null, false],
    ['one package too few', {}, false],
    ['another version', { 'node_modules/a': { ...a, version: '1.0.1' } }, false],
    ['other bytes', { 'node_modules/a': { ...a, integrity: 'sha512-x' } }, false],
    ['another version of an optional one', { 'node_modules/a': a, 'node_modules/b': { version: '1.0.0' } }, false],
  ])('[K4] a tree with %s agrees with the lockfile or not', (_, installed, agreed) => {
    expect(agrees(locked, installed)).toBe(agreed)
  })
})

describe('the system packages', () => {
  const missing = systemNeeds({ purpose: 'talk', platform: 'linux', installing: true, display: false })

  it.each([
    ['root', { root: true, sudo: false }],
    ['sudo without a password', { root: false, sudo: true }],
  ])('[K1] are installed by %s, each package once', (_, who) => {
    expect(systemStep(missing, { platform: 'linux', apt: true, ...who })).toEqual({
      type: 'install',
      packages: ['g++', 'make', 'python3', 'libasound2-plugins'],
      say: 'Installing system packages with apt: g++ make python3 libasound2-plugins',
    })
  })

  it('[K2] are left to a person who may not install, with the one command to type', () => {
    const step = systemStep(missing, { platform: 'linux', apt: true, root: false, sudo: false })
    expect(step.type).toBe('ask')
    expect(step.say).toMatch(
      /^Parley needs a C\+\+ compiler, make, .*: type this and try again: sudo apt-get install --no-install-recommends g\+\+ make python3 libasound2-plugins$/,
    )
  })

  it('[K2] are Xcode’s tools on macOS', () => {
    const needs = systemNeeds({ purpose: 'test', platform: 'darwin', installing: true, display: false })
    const step = systemStep(needs, { platform: 'darwin', apt: false, root: false, sudo: false })
    expect(step.say).toBe(
      'Parley needs a C++ compiler and make, which this system does not have: type this and try again: xcode-select --install',
    )
  })

  it('[K1] need a compiler only while the addon is to be built', () => {
    const commands = systemNeeds({ purpose: 'engine', platform: 'linux', installing: false, display: false })
    expect(commands).toEqual([])
  })

  it('[X30] need Electron’s libraries only where a window can be opened', () => {
    const packages = (display: boolean) =>
      packagesFor(systemNeeds({ purpose: 'start', platform: 'linux', installing: false, display }))
    expect(packages(false)).toEqual(['libasound2-plugins'])
    expect(packages(true)).toContain('libgtk-3-0')
  })
})
