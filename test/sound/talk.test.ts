import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { say } from '../support/say.ts'
import { beginTalk } from '../support/talking.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { speakIntoMicrophone } from '../support/virtual-devices.ts'
import { within } from '../support/within.ts'

describe('talk without a file', () => {
  it('[K27] is a conversation at the microphone until Ctrl+C', async () => {
    const { child, printed } = beginTalk([], temporaryFolder())
    await printed(/Talk now\./)
    await speakIntoMicrophone(await say('What is twenty-five times seventeen?', { voice: 'festival-slt' }))
    await printed(/^Parley: .*425/m)
    child.kill('SIGINT')
    const exited = once(child, 'exit') as Promise<[number | null]>
    const [code] = await within('the end', exited)
    expect(code).toBe(0)
  })

  it('[K27] says what to do where there is no sound device', async () => {
    const { child, printed } = beginTalk([], temporaryFolder(), { ALSA_CONFIG_PATH: '/dev/null' })
    const exit = once(child, 'exit') as Promise<[number | null]>
    await printed(/microphone|speaker|sound/i)
    expect((await within('the end', exit))[0]).toBe(1)
  })
})
