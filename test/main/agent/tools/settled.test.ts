// What is shown is what is done: a call is settled before the person is asked, and if anything of it is another by the time of
// the yes, nothing happens.
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkGrant, createGrants } from '../../../../src/main/agent/grants.ts'
import { openHeld } from '../../../../src/main/agent/held-folder.ts'
import { putFile } from '../../../../src/main/agent/put-file.ts'
import type { SettledCall } from '../../../../src/main/agent/tool.ts'
import { createFileWriters } from '../../../../src/main/agent/tools/write-file.ts'
import { createVersions } from '../../../../src/main/agent/versions.ts'
import { seededRandom } from '../../../support/seeded-random.ts'
import { createStillClock } from '../../../support/still-clock.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

interface Disk {
  notes: string
  outside: string
  settle(name: string, given: Record<string, unknown>): Promise<SettledCall>
  use(name: string, given: Record<string, unknown>): Promise<string>
}

function openDisk(): Disk {
  const folder = temporaryFolder()
  const [notes, outside] = [join(folder, 'Notes'), join(folder, 'outside')]
  for (const one of [notes, outside, join(notes, 'in')]) mkdirSync(one)
  writeFileSync(join(notes, 'deploy.sh'), '#!/bin/sh\n')
  chmodSync(join(notes, 'deploy.sh'), 0o700)
  const random = seededRandom(7)
  const grants = createGrants({ folders: () => [notes], own: join(folder, 'own') })
  const versions = createVersions({ folder: join(folder, 'own', 'previous'), clock: createStillClock(), random })
  const tools = createFileWriters({ grants, versions, random })
  const settle = async (name: string, given: Record<string, unknown>): Promise<SettledCall> => {
    const prepared = tools.find((tool) => tool.name === name)!.prepare(given)
    if ('why' in prepared) throw new Error(prepared.why)
    return prepared.settle()
  }
  const run = async (settled: SettledCall): Promise<string> =>
    (await settled.run(new AbortController().signal, true)).text
  return { notes, outside, settle, use: async (name, given) => run(await settle(name, given)) }
}

const run = (settled: SettledCall): Promise<unknown> => settled.run(new AbortController().signal, true)

describe('only what is not there is new', () => {
  it.each([
    'deploy.sh/',
    'Notes/deploy.sh/',
    'Notes/deploy.sh//',
    'Notes/deploy.sh/x',
    'Notes/loop/x',
    `Notes/${'n'.repeat(300)}`,
    'Notes/in/nowhere/',
    'Notes/seen\u200B.md',
    'Notes/\u3164',
    'Notes/new\u2800name',
    'Notes/bell\u0007',
    'Notes/two\nlines',
  ])('[S29] %j writes nothing, in no way', async (path) => {
    const { notes, use } = openDisk()
    symlinkSync('loop', join(notes, 'loop'))
    for (const mode of ['create', 'replace', 'append'])
      await expect(use('write_file', { path, text: 'owned', mode })).rejects.toThrow()
    expect(readFileSync(join(notes, 'deploy.sh'), 'utf8')).toBe('#!/bin/sh\n')
    expect(statSync(join(notes, 'deploy.sh')).mode & 0o777).toBe(0o700)
    expect(readdirSync(notes).sort()).toEqual(['deploy.sh', 'in', 'loop'])
  })

  it('[S29] a new file replaces nothing that came meanwhile, whether a file, a link or a folder', async () => {
    const { notes, outside, settle } = openDisk()
    const comes: ((path: string) => void)[] = [
      (path) => writeFileSync(path, 'hers'),
      (path) => symlinkSync(join(outside, 'target'), path),
      (path) => mkdirSync(path),
    ]
    for (const [at, come] of comes.entries()) {
      const settled = await settle('write_file', { path: `new${at}.md`, text: 'mine' })
      expect(settled.question.key).toBe('ask.writeNew')
      come(join(notes, `new${at}.md`))
      await expect(run(settled)).rejects.toThrow(/meanwhile/)
    }
    expect(readFileSync(join(notes, 'new0.md'), 'utf8')).toBe('hers')
    expect(readdirSync(outside)).toEqual([])
    expect(readdirSync(notes).filter((name) => name.startsWith('.parley'))).toEqual([])
  })

  it('[S29] the last step itself replaces nothing', async () => {
    const { notes } = openDisk()
    const folder = await openHeld(notes)
    const over = { over: null, mode: 0o644, random: seededRandom(1) }
    await expect(putFile(folder, 'deploy.sh', Buffer.from('owned'), over)).rejects.toThrow('there by now')
    await folder.close()
    expect(readFileSync(join(notes, 'deploy.sh'), 'utf8')).toBe('#!/bin/sh\n')
  })
})

describe('between the yes and the deed', () => {
  const swaps: Record<string, (notes: string, outside: string) => void> = {
    'another file': (notes) => {
      writeFileSync(join(notes, 'other'), 'other')
      renameSync(join(notes, 'other'), join(notes, 'in', 'a.md'))
    },
    'another content': (notes) => writeFileSync(join(notes, 'in', 'a.md'), 'changed by her'),
    'a link to it': (notes, outside) => {
      renameSync(join(notes, 'in', 'a.md'), join(outside, 'a.md'))
      symlinkSync(join(outside, 'a.md'), join(notes, 'in', 'a.md'))
    },
    'a folder that is a link': (notes, outside) => {
      renameSync(join(notes, 'in'), join(outside, 'in'))
      symlinkSync(join(outside, 'in'), join(notes, 'in'))
    },
    'the same in another folder': (notes) => {
      renameSync(join(notes, 'in'), join(notes, 'was-in'))
      mkdirSync(join(notes, 'in'))
      renameSync(join(notes, 'was-in', 'a.md'), join(notes, 'in', 'a.md'))
    },
    'a second name of it': (notes) => {
      renameSync(join(notes, 'in'), join(notes, 'was-in'))
      mkdirSync(join(notes, 'in'))
      linkSync(join(notes, 'was-in', 'a.md'), join(notes, 'in', 'a.md'))
    },
    nothing: (notes) => rmSync(join(notes, 'in', 'a.md')),
  }

  it.each(Object.keys(swaps))('[S30] a file that has become %s is not written, nor taken back', async (name) => {
    for (const tool of ['write_file', 'undo_write']) {
      const { notes, outside, settle, use } = openDisk()
      await use('write_file', { path: 'in/a.md', text: 'first' })
      const given = tool === 'write_file' ? { path: 'in/a.md', text: 'owned', mode: 'replace' } : { path: 'in/a.md' }
      const settled = await settle(tool, given)
      swaps[name]!(notes, outside)
      const before = contents(outside)
      await expect(run(settled)).rejects.toThrow()
      expect(contents(outside)).toEqual(before)
      expect(JSON.stringify(contents(notes))).not.toContain('owned')
    }
  })

  it('[S30] the real path and the state are shown, and what programs obey by itself is warned of', async () => {
    const { notes, settle } = openDisk()
    for (const folder of ['.git/hooks', '.vscode']) mkdirSync(join(notes, folder), { recursive: true })
    const { facts, identity } = await settle('write_file', {
      path: 'DEPLOY.SH'.toLowerCase(),
      text: 'x',
      mode: 'replace',
    })
    expect(facts[0]).toEqual({ name: 'File', value: join(notes, 'deploy.sh') })
    expect(facts[1]!.value).toContain('10 bytes')
    expect(identity).toMatchObject({ seen: { ino: statSync(join(notes, 'deploy.sh')).ino } })
    for (const path of [
      '.git/hooks/pre-commit',
      '.bashrc',
      '.vscode/tasks.json',
      'Makefile',
      'package.json',
      'a.desktop',
    ])
      expect((await settle('write_file', { path, text: 'x' })).facts.at(-1)!.name, path).toBe('Take care')
    expect((await settle('write_file', { path: 'plain.md', text: 'x' })).facts.map(({ name }) => name)).toEqual([
      'File',
      'Now',
    ])
  })

  it('[S13] taking back gives content and rights as they were, and none where there was none', async () => {
    const { notes, use } = openDisk()
    const file = join(notes, 'deploy.sh')
    await use('write_file', { path: 'deploy.sh', text: 'other', mode: 'replace' })
    expect(statSync(file).mode & 0o777).toBe(0o700)
    chmodSync(file, 0o644)
    await use('undo_write', { path: 'deploy.sh' })
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['#!/bin/sh\n', 0o700])
    await use('write_file', { path: 'fresh.md', text: 'x' })
    await use('undo_write', { path: 'fresh.md' })
    expect(readdirSync(notes).sort()).toEqual(['deploy.sh', 'in'])
  })
})

describe('what nobody granted', () => {
  it('[S31] a file with a second name is neither read nor written', async () => {
    const { notes, outside, use } = openDisk()
    writeFileSync(join(outside, 'secret.txt'), 'the secret')
    linkSync(join(outside, 'secret.txt'), join(notes, 'mine.txt'))
    for (const mode of ['replace', 'append'])
      await expect(use('write_file', { path: 'mine.txt', text: 'x', mode })).rejects.toThrow('second name')
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('the secret')
  })

  it('[S31] keys in a granted folder are no tool’s', async () => {
    const { notes, use } = openDisk()
    for (const path of ['.ssh/config', '.aws/credentials', 'id_ed25519', 'in/.netrc', 'passwords.kdbx', '.gnupg/a']) {
      mkdirSync(join(notes, path, '..'), { recursive: true })
      await expect(use('write_file', { path, text: 'x' }), path).rejects.toThrow('Keys and passwords')
    }
  })

  it.each([
    '/etc',
    '/etc/ssl',
    '/proc',
    '/proc/self',
    '/sys',
    '/dev',
    '/dev/shm',
    '/usr',
    '/usr/lib',
    '/bin',
    '/boot',
    '/var/lib',
    '/run',
    '~/.ssh',
    '~/.gnupg',
    '~/.aws',
    '~/.config',
    '~/.config/autostart',
    '~/.local/share',
    '~/.anything',
    '~/Backup/.ssh',
    '~/Backup/.aws/sso',
    '~/Backup/keyrings',
  ])('[S24] %s is refused', async (folder) => {
    const home = temporaryFolder()
    const wanted = folder.replace('~', home)
    if (folder.startsWith('~')) mkdirSync(wanted, { recursive: true })
    expect(await checkGrant(wanted, join(home, 'own'), home)).toHaveProperty('why')
  })
})

function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
  )
}
