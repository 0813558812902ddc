// The file tools on a real disk: what they find, what they may not reach, and what they leave behind.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkGrant, createGrants } from '../../../../src/main/agent/grants.ts'
import type { Tool } from '../../../../src/main/agent/tool.ts'
import { createFileReaders } from '../../../../src/main/agent/tools/read-files.ts'
import { createWorkbench, type Workbench } from '../../../../src/main/agent/tools/workbench.ts'
import { createFileWriters } from '../../../../src/main/agent/tools/write-file.ts'
import { systemClock } from '../../../../src/main/clock.ts'
import { createVersions } from '../../../../src/main/agent/versions.ts'
import { seededRandom } from '../../../support/seeded-random.ts'
import { createStillClock } from '../../../support/still-clock.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

let workbench: Workbench
beforeAll(() => {
  workbench = createWorkbench({ clock: systemClock })
})
afterAll(() => workbench.close())

interface Disk {
  notes: string
  own: string
  /** Rejects with the tool's error. */
  use(name: string, given: Record<string, unknown>): Promise<string>
}

function openDisk(): Disk {
  const folder = temporaryFolder()
  const [notes, own] = [join(folder, 'Notes'), join(folder, 'parley')]
  for (const one of [notes, own, join(notes, 'in'), join(folder, 'Notes secret')]) mkdirSync(one)
  writeFileSync(join(folder, 'secret.txt'), 'the secret')
  writeFileSync(join(folder, 'Notes secret', 'a.txt'), 'the secret')
  writeFileSync(join(own, 'settings.json'), '{"secret":1}')
  writeFileSync(join(notes, 'todo.md'), 'milk\nbread\nMilk again\n')
  writeFileSync(join(notes, 'in', 'large.txt'), 'x'.repeat(5_000))
  const random = seededRandom(3)
  const grants = createGrants({ folders: () => [notes, join(notes, 'link-to-own')], own })
  const versions = createVersions({ folder: join(own, 'previous'), clock: createStillClock(), random })
  const tools: Tool[] = [...createFileReaders(grants, workbench), ...createFileWriters({ grants, versions, random })]
  return {
    notes,
    own,
    async use(name, given) {
      const prepared = tools.find((tool) => tool.name === name)!.prepare(given)
      if ('why' in prepared) throw new Error(prepared.why)
      return (await (await prepared.settle()).run(new AbortController().signal, true)).text
    },
  }
}

describe('paths', () => {
  const escapes = [
    '../secret.txt',
    'Notes/../secret.txt',
    'Notes/in/../../secret.txt',
    'Notes/./in/.././../secret.txt',
    '../Notes secret/a.txt',
    'Notes secret/a.txt',
    '/etc/passwd',
    'Notes/link.txt',
    'Notes/folder-link/secret.txt',
    'Notes/folder-link/new.txt',
    'Notes/dangling',
    'Notes/loop',
    'Notes/own-link/settings.json',
    'Notes/todo.md\0.txt',
    'Notes/in/../../../../../../etc/passwd',
    '~/.ssh/id_rsa',
    'file:///etc/passwd',
    '..',
    '',
    'x'.repeat(5_000),
  ]

  it.each(escapes)('[S12] %j is neither read nor written', async (path) => {
    const { notes, own, use } = openDisk()
    const outside = dirname(notes)
    symlinkSync(join(outside, 'secret.txt'), join(notes, 'link.txt'))
    symlinkSync(outside, join(notes, 'folder-link'))
    symlinkSync(join(outside, 'nowhere'), join(notes, 'dangling'))
    symlinkSync('loop', join(notes, 'loop'))
    symlinkSync(own, join(notes, 'own-link'))
    const before = readdirSync(outside).sort()
    await expect(use('read_file', { path })).rejects.toThrow()
    for (const mode of ['create', 'replace', 'append'])
      await expect(use('write_file', { path, text: 'owned', mode })).rejects.toThrow()
    expect(readdirSync(outside).sort()).toEqual(before)
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('the secret')
    expect(readFileSync(join(own, 'settings.json'), 'utf8')).toBe('{"secret":1}')
  })

  it('[S12] a folder that becomes a link to Parley’s own is no grant any more, and a link inside leads inside', async () => {
    const { notes, own, use } = openDisk()
    symlinkSync(own, join(notes, 'link-to-own'))
    await expect(use('read_file', { path: 'parley/settings.json' })).rejects.toThrow()
    symlinkSync(join(notes, 'todo.md'), join(notes, 'same.md'))
    expect(await use('read_file', { path: 'Notes/same.md' })).toContain('milk')
    expect(JSON.parse(await use('list_files', {}))).toEqual({ granted: ['Notes'] })
  })

  it('[S12] what is no plain file is not opened', async () => {
    const { notes, use } = openDisk()
    execFileSync('mkfifo', [join(notes, 'pipe')])
    await expect(use('read_file', { path: 'Notes/pipe' })).rejects.toThrow('not a file')
    await expect(use('read_file', { path: 'Notes/in' })).rejects.toThrow('not a file')
    writeFileSync(join(notes, 'picture'), Buffer.from([0x89, 0, 1, 2]))
    await expect(use('read_file', { path: 'Notes/picture' })).rejects.toThrow('not a text file')
  })

  it('[S24] a folder that would grant too much is refused with the reason', async () => {
    const { notes, own } = openDisk()
    for (const folder of [
      '/',
      homedir(),
      own,
      dirname(own),
      join(own, 'previous'),
      'Notes',
      join(notes, 'missing'),
      join(notes, 'todo.md'),
    ])
      expect(await checkGrant(folder, own), folder).toHaveProperty('why')
    expect(await checkGrant(join(notes, 'in', '..'), own)).toEqual({ path: notes })
  })
})

describe('finding', () => {
  it('[S14] lists with sizes and in the order that was asked for', async () => {
    const { use } = openDisk()
    const { entries } = JSON.parse(await use('list_files', { path: 'Notes', deep: true, sort: 'largest' })) as {
      entries: { path: string; bytes: number; kind: string }[]
    }
    expect(entries.map(({ path }) => path)).toEqual(['Notes/in/large.txt', 'Notes/todo.md', 'Notes/in'])
    expect(entries[0]).toMatchObject({ bytes: 5_000, kind: 'file' })
    expect(await use('read_file', { path: entries[1]!.path, from_line: 2, lines: 1 })).toBe('bread')
  })

  it('[S14] finds names and lines, and follows no link', async () => {
    const { notes, use } = openDisk()
    symlinkSync(dirname(notes), join(notes, 'out'))
    const { found } = JSON.parse(await use('search_files', { path: 'Notes', words: 'MILK' })) as { found: object[] }
    expect(found).toEqual([
      { path: 'Notes/todo.md', line: 1, text: 'milk' },
      { path: 'Notes/todo.md', line: 3, text: 'Milk again' },
    ])
    expect(await use('search_files', { path: 'Notes', words: 'secret' })).toBe('{"found":[]}')
    const { entries } = JSON.parse(await use('list_files', { path: 'Notes', deep: true })) as { entries: object[] }
    expect(entries).toContainEqual(expect.objectContaining({ path: 'Notes/out', kind: 'link' }))
    expect(JSON.stringify(entries)).not.toContain('secret')
  })
})

describe('writing', () => {
  it('[S13] creates, appends and replaces, keeps the mode, and leaves nothing beside', async () => {
    const { notes, use } = openDisk()
    const file = join(notes, 'todo.md')
    chmodSync(file, 0o640)
    await expect(use('write_file', { path: 'Notes/todo.md', text: 'x' })).rejects.toThrow('there already')
    await use('write_file', { path: 'Notes/todo.md', text: 'eggs\n', mode: 'append' })
    expect(readFileSync(file, 'utf8')).toBe('milk\nbread\nMilk again\neggs\n')
    await use('write_file', { path: 'Notes/todo.md', text: 'all new', mode: 'replace' })
    await use('write_file', { path: 'Notes/new.md', text: 'new' })
    expect(statSync(file).mode & 0o777).toBe(0o640)
    expect(readdirSync(notes).sort()).toEqual(['in', 'new.md', 'todo.md'])
  })

  it('[S13] is taken back step by step, and taking back loses nothing that came since', async () => {
    const { notes, use } = openDisk()
    const file = join(notes, 'todo.md')
    await use('write_file', { path: 'todo.md', text: 'second', mode: 'replace' })
    writeFileSync(file, 'by hand')
    await use('undo_write', { path: 'todo.md' })
    expect(readFileSync(file, 'utf8')).toBe('milk\nbread\nMilk again\n')
    await use('undo_write', { path: 'todo.md' })
    expect(readFileSync(file, 'utf8')).toBe('by hand')
    await use('write_file', { path: 'new.md', text: 'new' })
    await use('undo_write', { path: 'new.md' })
    expect(readdirSync(notes)).not.toContain('new.md')
    await use('undo_write', { path: 'new.md' })
    expect(readFileSync(join(notes, 'new.md'), 'utf8')).toBe('new')
    await expect(use('undo_write', { path: 'in/large.txt' })).rejects.toThrow('Nothing older')
  })

  it('[S13] what the disk refuses leaves the file as it was', async () => {
    const { notes, use, own } = openDisk()
    writeFileSync(join(own, 'previous'), 'a file where the folder should be')
    await expect(use('write_file', { path: 'todo.md', text: 'x', mode: 'replace' })).rejects.toThrow(
      'could not be written',
    )
    expect(readFileSync(join(notes, 'todo.md'), 'utf8')).toBe('milk\nbread\nMilk again\n')
    expect(readdirSync(notes).sort()).toEqual(['in', 'todo.md'])
  })
})
