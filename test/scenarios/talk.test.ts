import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readDays, type Day } from '../../src/core/spending/day.ts'
import { decodeKept } from '../../src/core/store/kept.ts'
import type { Speech } from '../../src/engine/ports.ts'
import { tokenForTests } from '../support/realtime-client.ts'
import { readBack } from '../support/read-back.ts'
import { say, silence } from '../support/say.ts'
import { startScriptedEngine } from '../support/scripted-engine.ts'
import { openSpeech } from '../support/speech.ts'
import { talk, writeSpeech } from '../support/talking.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('a question in a sound file', () => {
  let speech: Speech
  beforeAll(async () => void (speech = await openSpeech('tiny')))
  afterAll(() => speech.close())

  it('[K24] is written down, answered in speech that says the answer, and the answer is written down', async () => {
    const home = temporaryFolder()
    const question = await writeSpeech(home, 'question.wav', await say('What is twenty-five times seventeen?'))
    const out = join(home, 'answer.wav')
    const { code, stdout, stderr } = await talk([question, '--out', out], home)
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^You: What is (25|twenty.?five) times (17|seventeen)\?$/im)
    expect(stdout).toMatch(/^Parley: .*425/m)
    expect(await readBack(speech, out)).toMatch(/425|four hundred (and )?twenty.?five/i)
  })
})

describe('a conversation in several runs', () => {
  it('[K25] three files are one conversation, and the next run is given it as restored items', async () => {
    const home = temporaryFolder()
    const files = await Promise.all(
      ['My favourite colour is blue.', 'What is nine times nine?', 'What is my favourite colour?'].map(
        async (words, at) => writeSpeech(home, `${at}.wav`, await say(words)),
      ),
    )
    const first = await talk([...files, '--keep', 'colours'], home)
    expect(first.stderr).toBe('')
    expect(first.stdout.match(/^You: /gm)).toHaveLength(3)
    expect(first.stdout.match(/^Parley: (.*)$/gm)?.at(-1)).toMatch(/blue/i)

    // Whatever the engine itself wrote down is taken away: only the record can know.
    await rm(join(home, 'engine'), { recursive: true, force: true })
    const second = await talk([files[2]!, '--keep', 'colours', '--json'], home)
    expect(second.lines.find(({ type }) => type === 'restored')).toMatchObject({ restored: 6, refused: [] })
    const answers = second.lines
      .map(({ change }) => change as { type: string; text: string } | undefined)
      .filter((change) => change?.type === 'words-spoken')
    expect(answers.at(-1)?.text).toMatch(/blue/i)
  })
})

async function unusedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('what can’t be done is said in a sentence with the next step', () => {
  let home: string
  beforeEach(() => void (home = temporaryFolder()))

  async function refusal(args: string[], env: Record<string, string> = {}): Promise<string> {
    const { code, stderr } = await talk(args, home, env)
    expect(code).not.toBe(0)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).not.toMatch(/Error:|^\s+at /m)
    return stderr
  }

  it('[K26] a file that is not there', async () => {
    expect(await refusal([join(home, 'nowhere.wav')])).toMatch(/nowhere\.wav.* Check its path\./)
  })

  it('[K26] a file that is no WAV', async () => {
    const path = join(home, 'song.wav')
    await writeFile(path, 'not a sound')
    expect(await refusal([path])).toMatch(/no WAV file.*Convert it/)
  })

  it('[K26] silence', async () => {
    const path = await writeSpeech(home, 'silence.wav', silence(1_500))
    expect(await refusal([path])).toMatch(/Nothing was heard in .*silence\.wav\. Check/)
  })

  it('[K26] a server that can’t be reached', async () => {
    const address = `ws://127.0.0.1:${await unusedPort()}/v1`
    expect(await refusal(['--text', 'hello', '--endpoint', address])).toMatch(
      /No voice service answers at .*nothing answered at the server’s address.*--endpoint/,
    )
  })

  it('[K26] a day’s limit that is reached, and nothing is spent', async () => {
    const { url } = await startScriptedEngine()
    const address = url.replace('http:', 'ws:')
    const price = { inputText: 1, cachedText: 1, inputAudio: 1, cachedAudio: 1, outputText: 1, outputAudio: 1 }
    const models = { [`${new URL(url).host}/parley-embedded`]: price }
    await writeFile(join(home, 'prices.json'), JSON.stringify({ dated: '2026-11-22', models }))
    await writeFile(join(home, 'settings.json'), JSON.stringify({ dailyLimitUsd: 0.01 }))
    const arguments_ = ['--text', 'hello', '--endpoint', address, '--model', 'parley-embedded']
    const key = { PARLEY_KEY: tokenForTests }
    // The first answer is paid for until the limit is reached; what follows is refused.
    const [day] = await firstDay(arguments_, key)
    const [used] = Object.values(day?.models ?? {})
    expect(used?.inputTextTokens).toBeGreaterThan(0)
    used!.inputTextTokens += 10_000
    await writeFile(join(home, 'spending.json'), JSON.stringify(day))
    expect(await refusal(arguments_, key)).toMatch(/limit of \$0\.01 is used up\. Raise it/)
  })

  async function firstDay(args: string[], env: Record<string, string>): Promise<readonly Day[]> {
    expect((await talk(args, home, env)).code).toBe(0)
    const read = decodeKept({ version: 2, read: readDays, write: String }, await readFile(join(home, 'spending.json')))
    return read.type === 'good' ? read.value : []
  }

  it('[K26] a key that is refused', async () => {
    const { url } = await startScriptedEngine()
    const address = url.replace('http:', 'ws:')
    const arguments_ = ['--text', 'hello', '--endpoint', address, '--model', 'parley-embedded']
    expect(await refusal(arguments_, { PARLEY_KEY: 'wrong' })).toMatch(/refused the key\. Check the key/)
    expect((await talk(arguments_, home, { PARLEY_KEY: tokenForTests })).code).toBe(0)
  })
})
