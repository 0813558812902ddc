// Notes and files of the person's own: nothing of them is lost, bent or detached by what a tool adds.
import {
  chmodSync,
  linkSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
  lstatSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createNoteTools } from '../../../src/main/agent/tools/notes.ts'
import { createVersions } from '../../../src/main/agent/versions.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

function openNotes(file: string) {
  const [clock, random] = [createStillClock(), seededRandom(2)]
  const folder = temporaryFolder()
  const versions = createVersions({ folder, clock, random })
  const tools = createNoteTools({ file: () => file, versions, clock, random })
  return {
    clock,
    versions,
    async use(name: string, given: Record<string, unknown>): Promise<string> {
      const prepared = tools.find((tool) => tool.name === name)!.prepare(given)
      if ('why' in prepared) throw new Error(prepared.why)
      return (await (await prepared.settle()).run(new AbortController().signal, true)).text
    },
  }
}

describe('notes', () => {
  it('[S241] that are added at once are all there', async () => {
    const file = join(temporaryFolder(), 'notes.md')
    const { use } = openNotes(file)
    await Promise.all(Array.from({ length: 20 }, (_, at) => use('add_note', { text: `note ${at}` })))
    expect(readFileSync(file, 'utf8').match(/^- note \d+$/gm)).toHaveLength(20)
    expect(readFileSync(file, 'utf8').match(/# Notes/g)).toHaveLength(1)
  })

  it('[S241] keep bytes that are no text of ours, also in what is kept of before', async () => {
    const file = join(temporaryFolder(), 'notes.md')
    const bytes = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a, 0xff, 0xfe, 0x0a, 0x78])
    writeFileSync(file, bytes)
    const { use, versions } = openNotes(file)
    await use('add_note', { text: 'milk' })
    expect(readFileSync(file)).toEqual(Buffer.concat([bytes, Buffer.from('\n- milk\n')]))
    expect(Buffer.from((await versions.newest(file))!.bytes!)).toEqual(bytes)
    await use('remove_note', { words: 'MILK' })
    expect(readFileSync(file)).toEqual(Buffer.concat([bytes, Buffer.from('\n')]))
  })

  it(
    '[S241] keep their links, their second names and their rights',
    { skip: process.platform === 'win32' },
    async () => {
      const folder = temporaryFolder()
      const [file, second, pointer] = ['mine.md', 'second.md', 'pointer.md'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ]
      writeFileSync(file, '- one\n- two\n')
      chmodSync(file, 0o640)
      linkSync(file, second)
      symlinkSync(file, pointer)
      const { use } = openNotes(pointer)
      await use('add_note', { text: 'three' })
      await use('remove_note', { words: 'two' })
      for (const name of [file, second, pointer]) expect(readFileSync(name, 'utf8')).toBe('- one\n- three\n')
      expect(lstatSync(pointer).isSymbolicLink()).toBe(true)
      expect([statSync(file).nlink, statSync(file).mode & 0o777]).toEqual([2, 0o640])
      const alone = join(folder, 'alone.md')
      writeFileSync(alone, '- one\n- two\n', { mode: 0o644 })
      await openNotes(alone).use('remove_note', { words: 'two' })
      expect(statSync(alone).mode & 0o777).toBe(0o644)
      expect(readdirSync(folder).sort()).toEqual(['alone.md', 'mine.md', 'pointer.md', 'second.md'])
    },
  )

  it('[S242] what is kept of before is in the order of keeping, whatever the clock was set to', async () => {
    const file = join(temporaryFolder(), 'notes.md')
    const { use, versions, clock } = openNotes(file)
    await use('add_note', { text: 'one' })
    clock.jump(-1e9)
    for (let at = 0; at < 12; at += 1) await use('add_note', { text: `then ${at}` })
    expect(Buffer.from((await versions.newest(file))!.bytes!).toString()).toContain('then 10')
    expect(Buffer.from((await versions.newest(file))!.bytes!).toString()).not.toContain('then 11')
  })
})
