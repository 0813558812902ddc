import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { isBuildFresh } from '../../../scripts/set-up/fresh-build.mjs'
import { temporaryFolder } from '../../support/temporary-folder.ts'

it('[X77] a build is fresh until anything that it is made of is newer, gone or added, or a part of it is missing', () => {
  const root = temporaryFolder()
  const write = (path: string, atS: number): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '')
    utimesSync(join(root, path), atS, atS)
  }
  const age = (folder: string, atS: number): void => utimesSync(join(root, folder), atS, atS)
  for (const path of ['src/main/a.ts', 'resources/icons/i.png', 'electron.vite.config.ts', 'package-lock.json'])
    write(path, 100)
  for (const folder of ['src/main', 'src', 'resources/icons']) age(folder, 100)
  expect(isBuildFresh(root)).toBe(false)
  for (const path of ['main/index.js', 'main/headless.js', 'renderer/index.html']) write(`out/${path}`, 200)
  expect(isBuildFresh(root)).toBe(true)
  write('src/main/a.ts', 300)
  expect(isBuildFresh(root)).toBe(false)
  write('src/main/a.ts', 100)
  age('src/main', 300)
  expect(isBuildFresh(root)).toBe(false)
  age('src/main', 100)
  expect(isBuildFresh(root)).toBe(true)
  rmSync(join(root, 'out/main/headless.js'))
  expect(isBuildFresh(root)).toBe(false)
})
