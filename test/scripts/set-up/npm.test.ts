// Packages come from strangers: what their install scripts would do is not done, but for those that package.json names.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installPackages, mayBuild } from '../../../scripts/set-up/npm.mjs'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const npm = (root: string, ...args: string[]): string =>
  execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd: root, encoding: 'utf8', stdio: 'pipe' })

/** A project with one package, whose install script leaves a mark. */
function projectWith(allowScripts: Record<string, boolean>): { root: string; mark: string } {
  const root = temporaryFolder()
  const stranger = join(root, 'stranger')
  const mark = join(root, 'mark')
  mkdirSync(stranger)
  const install = `node -e "require('fs').writeFileSync('${mark}', '')"`
  writeFileSync(
    join(stranger, 'package.json'),
    JSON.stringify({ name: 'stranger', version: '1.0.0', scripts: { install } }),
  )
  npm(root, 'pack', './stranger')
  const dependencies = { stranger: 'file:stranger-1.0.0.tgz' }
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name: 'project', version: '1.0.0', dependencies, allowScripts }),
  )
  npm(root, 'install', '--package-lock-only', '--ignore-scripts')
  return { root, mark }
}

describe('installing the packages', () => {
  it.each([
    ['is not run', {}, false],
    ['is not run where it was refused', { stranger: false }, false],
    ['is run where it was allowed', { stranger: true }, true],
  ])('[K32] a package’s install script %s', async (_, allowScripts, isRun) => {
    const { root, mark } = projectWith(allowScripts)
    // Without the sound addon it is no whole installation; here it is about what ran.
    await expect(installPackages(root, { lock: '', abi: '', platform: '', arch: '' } as never)).rejects.toThrow('addon')
    expect(existsSync(join(root, 'node_modules/stranger/package.json'))).toBe(true)
    expect(existsSync(mark)).toBe(isRun)
  })

  it('[K32] of Parley’s own packages one may run its script', () => {
    expect(mayBuild(join(import.meta.dirname, '../../..'))).toEqual(['naudiodon'])
  })
})
