import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvalOpensAfterMs } from '../../src/core/agent/approval.ts'
import type { ApprovalView } from '../../src/core/agent/task.ts'
import type { Speech } from '../../src/engine/ports.ts'
import { openApp, type OpenedApp } from '../support/opened-app.ts'
import { nameToolServer, toolServerProcess } from '../support/named-tool-server.ts'
import { readBack } from '../support/read-back.ts'
import { say } from '../support/say.ts'
import { openSpeech } from '../support/speech.ts'
import { beginTalk, writeSpeech } from '../support/talking.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const echoing = 'Please use the echo tool to say good morning.'
const lasting = 'Please use the long running operation tool.'
/** As the recogniser may write it, which is not what is tried here. */
const goodMorning = /goo?d ?mou?rning/i
// What is clicked sooner was not meant for the question; the clock is the real one.
const untilMeant = (): Promise<void> => delay(approvalOpensAfterMs + 200)

describe('an official tool server, named in the settings', () => {
  let speech: Speech
  beforeAll(async () => void (speech = await openSpeech('tiny')))
  afterAll(() => speech.close())

  it('[Y7] is used by voice: asked aloud, answered aloud with what its tool said', async () => {
    const home = temporaryFolder()
    await nameToolServer(home, ['echo'])
    const question = await writeSpeech(home, 'question.wav', await say(echoing))
    const out = join(home, 'answer.wav')
    const talk = beginTalk([question, '--out', out], home)
    const ended = once(talk.child, 'exit')
    const asked = await Promise.race([talk.printed(/\[y\/N\]/), ended.then(() => talk.printed(/^/))])
    const [, message = ''] = /Let the server everything do “echo”.*"message": "([^"]+)"/is.exec(asked) ?? []
    expect(message, asked).toMatch(goodMorning)
    await untilMeant()
    talk.type('y\n')
    await ended
    expect(talk.child.exitCode).toBe(0)
    expect(await talk.printed(/^/)).toMatch(new RegExp(`^Parley: .*echo: ${message}`, 'im'))
    expect(await readBack(speech, out)).toMatch(goodMorning)
  })
})

/** Speaks, and clicks yes when the agent asks. */
async function speak(app: OpenedApp, words: string, answered: Set<string>): Promise<void> {
  await app.microphone.say(await writeSpeech(app.folder, 'question.wav', await say(words)))
  const isNew = ({ id }: ApprovalView): boolean => !answered.has(id)
  const { approvals } = await app.notice('approvals', (notice) => notice.approvals.some(isNew))
  const { id, digest } = approvals.find(isNew)!
  answered.add(id)
  await untilMeant()
  await app.ask('approve', { approval: id, digest, approved: true })
}

/** Resolves when the voice says so. */
async function hears(app: OpenedApp, words: RegExp): Promise<void> {
  await app.notice('change', ({ stored: { change } }) => change.type === 'words-spoken' && words.test(change.text))
}

describe('a tool server that dies in the middle of what it was asked for', () => {
  it('[Y8] is told of aloud, is started again, and the next question is answered with it', async () => {
    const folder = temporaryFolder()
    await nameToolServer(folder, ['echo', 'trigger-long-running-operation'])
    const app = await openApp({ folder, settings: { endpoint: { kind: 'embedded', model: 'parley-embedded' } } })
    const answered = new Set<string>()
    await app.state(({ line }) => line.type === 'live')
    await speak(app, lasting, answered)
    await app.notice('tasks', ({ tasks }) => tasks.some(({ steps }) => steps.some(({ state }) => state === 'running')))
    const lost = toolServerProcess()
    process.kill(lost, 'SIGKILL')

    const stopped = 'The tool server everything stopped. It is being started again.'
    const trouble = await app.notice('notice', ({ message }) => message === stopped)
    const { tasks } = await app.notice('tasks', (notice) => notice.tasks.some(({ endedMs }) => endedMs !== null))
    expect(tasks[0]?.steps).toMatchObject([{ state: 'unknown' }])
    await hears(app, /not known whether/)
    // Its tools are told when it is lost, and again when it is there.
    const told = app.told.indexOf(trouble)
    await app.notice('tools', () => app.told.slice(told).filter(({ type }) => type === 'tools').length >= 2)
    expect(toolServerProcess()).not.toBe(lost)

    await speak(app, echoing, answered)
    await hears(app, new RegExp(`echo: ${goodMorning.source}`, 'i'))
  })
})
