import { once } from 'node:events'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { approvalOpensAfterMs } from '../../src/core/agent/approval.ts'
import { systemClock } from '../../src/main/clock.ts'
import { openConversations } from '../../src/main/store/conversations.ts'
import type { Conversation } from '../../src/core/conversation/reduce.ts'
import { beginTalk, talk as runTalk } from '../support/talking.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const request = 'Find the largest file in the folder I granted and note its name'

async function ask(home: string, answer: string): Promise<string> {
  const granted = join(temporaryFolder(), 'Films')
  await mkdir(granted)
  for (const [name, bytes] of [
    ['short.txt', 20],
    ['holiday.mkv', 90_000],
    ['long.txt', 4_000],
  ] as const)
    await writeFile(join(granted, name), Buffer.alloc(bytes, 1))
  const talk = beginTalk(['--text', request, '--grant', granted, '--keep', 'errand'], home)
  const ended = once(talk.child, 'exit')
  const question = await Promise.race([talk.printed(/\[y\/N\]/), ended.then(() => talk.printed(/^/))])
  expect(question).toContain('"text": "largest file: holiday.mkv')
  // What is typed sooner was not meant for the question; the command's clock is the real one.
  await delay(approvalOpensAfterMs + 200)
  talk.type(`${answer}\n`)
  await ended
  expect(talk.child.exitCode).toBe(0)
  return talk.printed(/Parley: .*The largest file is/)
}

async function stored(home: string): Promise<Conversation> {
  const store = await openConversations({ folder: home, clock: systemClock, random: Math.random })
  const conversation = await store.read('errand')
  await store.close()
  return conversation!
}

describe('a task from one typed sentence', () => {
  it('[Y6] finds the file, notes it after a yes, says so, and all of it is in the record', async () => {
    const home = temporaryFolder()
    expect(await ask(home, 'y')).toMatch(/I noted: largest file: holiday\.mkv/)
    expect(await readFile(join(home, 'notes.md'), 'utf8')).toMatch(/^- largest file: holiday\.mkv, 88 KB$/m)
    const { tools, tasks, turns } = await stored(home)
    expect(tasks).toMatchObject([{ state: 'done', result: expect.stringContaining('holiday.mkv') as string }])
    expect(tools.map(({ name, state }) => [name, state])).toEqual([
      ['ask_agent', 'ended'],
      ['list_files', 'ended'],
      ['list_files', 'ended'],
      ['add_note', 'ended'],
      ['task_result', 'ended'],
    ])
    expect(turns.map(({ text }) => text).join('\n')).toContain('holiday.mkv')
  })

  it('[Y6] a folder that can’t be granted is refused with the reason before anything starts', async () => {
    const home = temporaryFolder()
    const missing = await runTalk(['--text', request, '--grant', join(home, 'nowhere')], home)
    expect(missing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('no such folder') as string })
    const own = await runTalk(['--text', request, '--grant', home], home)
    expect(own).toMatchObject({ code: 2, stderr: expect.stringContaining('own folder') as string })
  })

  it('[Y6] writes nothing after a no, and says that it was not done', async () => {
    const home = temporaryFolder()
    expect(await ask(home, 'n')).toMatch(/couldn't finish that\. .*couldn't note it: you said no/)
    expect(await readdir(home)).not.toContain('notes.md')
    const record = await stored(home)
    expect(record.tasks).toMatchObject([{ state: 'failed' }])
    expect(record.tools.find(({ name }) => name === 'add_note')).toMatchObject({ state: 'cancelled' })
  })
})
