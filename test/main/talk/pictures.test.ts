// `talk --picture`: the real command in this process, to the real engine with a scripted mind.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { pictureLimits } from '../../../src/core/picture-limits.ts'
import { runTalk } from '../../../src/main/talk/run.ts'
import { tokenForTests } from '../../support/realtime-client.ts'
import { startScriptedEngine } from '../../support/scripted-engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { pngOf } from '../../support/test-picture.ts'

interface Talked {
  code: number
  out: string
  err: string
}

async function talk(args: string[], home: string): Promise<Talked> {
  const talked = { code: 0, out: '', err: '' }
  talked.code = await runTalk(args, {
    env: { PARLEY_HOME: home, PARLEY_KEY: tokenForTests },
    stdin: Readable.from([]),
    stdout: { write: (text: string) => (talked.out += text) },
    stderr: { write: (text: string) => (talked.err += text) },
    once: () => undefined,
  })
  return talked
}

describe('a picture on the command line', () => {
  it('[P330] goes with the words before it, is kept with the conversation and answered', async () => {
    const home = temporaryFolder()
    const { url, mind } = await startScriptedEngine({ answer: () => [{ type: 'text', text: 'By the sea.' }] })
    const address = url.replace('http:', 'ws:')
    writeFileSync(join(home, 'holiday.png'), pngOf(64, 48))
    const show = ['--text', 'Where is this?', '--picture', join(home, 'holiday.png'), '--keep', 'trip']
    const { code, out, err } = await talk([...show, '--endpoint', address, '--model', 'parley-embedded'], home)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Parley: By the sea.')
    const memos = mind.asks.at(-1)!.memos
    expect(JSON.stringify(memos)).toContain('Where is this?')
    expect(memos).toContainEqual(expect.objectContaining({ type: 'message', pictures: 1 }))
    expect(readdirSync(join(home, 'conversations', 'trip', 'pictures'))).toHaveLength(1)
  })

  it('[P331] that is not there, no picture, of another kind or too large is one sentence, and nothing is begun', async () => {
    const home = temporaryFolder()
    const put = (name: string, bytes: Buffer): string => {
      writeFileSync(join(home, name), bytes)
      return join(home, name)
    }
    const gif = Buffer.from('GIF89a\x08\x00\x06\x00\x00\x00\x00\x00', 'latin1')
    mkdirSync(join(home, 'folder.png'))
    const refused: [path: string, sentence: RegExp][] = [
      [join(home, 'none.png'), /^There is no picture .*none\.png\. Check its path\.\n$/],
      [put('text.png', Buffer.from('words')), /text\.png is no PNG or JPEG.* Convert it first\.\n$/],
      [put('moving.gif', gif), /moving\.gif is no PNG or JPEG.* Convert it first\.\n$/],
      [join(home, 'folder.png'), /folder\.png is no file\./],
      [put('heavy.png', Buffer.alloc(pictureLimits.bytes + 1)), /heavy\.png is too large: at most 1\.5 MB.* window/],
      [put('wide.png', pngOf(pictureLimits.largestPx + 1, 1)), /wide\.png is too large.* 8192 points a side/],
    ]
    for (const [path, sentence] of refused) {
      const { code, out, err } = await talk(['--text', 'This', '--picture', path], home)
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(sentence)
    }
    const many = Array.from({ length: 5 }, () => ['--picture', put('small.png', pngOf(8, 6))]).flat()
    expect((await talk(['--text', 'These', ...many], home)).err).toContain('At most 4 pictures')
    expect(readdirSync(home)).not.toContain('conversations')
  })
})
