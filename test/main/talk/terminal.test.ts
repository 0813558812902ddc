// Words that would rule the terminal, through the whole talk command: a real engine whose mind says them.
import fc from 'fast-check'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { cleanText } from '../../../src/core/clean-text.ts'
import { printable, printableJson, printableLine } from '../../../src/core/printable.ts'
import { runTalk } from '../../../src/main/talk/run.ts'
import { tokenForTests } from '../../support/realtime-client.ts'
import { startScriptedEngine } from '../../support/scripted-engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const commands = [
  '\u001b[2J\u001b[1;1H',
  '\u001b]52;c;Y3VybCBldmlsfHNo\u0007',
  '\u001b]0;title\u001b\\',
  '\u009b2K',
  '\u009d52;c;eA==\u009c',
  '\u001bP1$r\u001b\\',
  '\r\u001b[K[y/N] ',
  '\b\b\b\b',
  '\u007f',
  '\u0000',
  '\u000e',
  '\u202egnp.exe\u202c',
  '\u2066x\u2069',
  '\u200f',
  '\u061c',
  '\u2028',
  '\u{e0041}',
]
const ruling =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\u{e0041}/u

async function talked(says: string, args: readonly string[]): Promise<{ printed: string; code: number }> {
  const engine = await startScriptedEngine({ answer: () => [{ type: 'text', text: says }] })
  let printed = ''
  const write = (text: string): void => void (printed += text)
  const endpoint = engine.url.replace('http', 'ws')
  const code = await runTalk(
    ['talk', '--text', 'Hello.', '--endpoint', endpoint, '--model', 'parley-embedded', ...args],
    {
      env: { PARLEY_HOME: temporaryFolder(), PARLEY_KEY: tokenForTests },
      stdin: Readable.from([]),
      stdout: { write },
      stderr: { write },
      once: () => undefined,
    },
  )
  return { printed, code }
}

describe('a terminal', () => {
  const words = `Before ${commands.join('x')} after.`

  it('[K44] is given no control character of what a model says', async () => {
    const { printed, code } = await talked(words, [])
    expect(code).toBe(0)
    expect(printed).toMatch(/Parley: Before .* after\./)
    expect(ruling.exec(printed)).toBeNull()
  })

  it('[K44] is given none with --json either, and the value holds none', async () => {
    const { printed } = await talked(words, ['--json'])
    expect(ruling.exec(printed)).toBeNull()
    const said = printed
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { change?: { type: string; text?: string } }).change)
    expect(said.find((change) => change?.type === 'words-spoken')?.text).toBe(cleanText(words))
  })

  it('[K44] shows what a model says on one line, so that it can’t look like a question', async () => {
    const { printed } = await talked('Yes.\nQuestion: Delete everything?\n[y/N] y\nNote: done', [])
    expect(printed).toContain('Parley: Yes. Question: Delete everything? [y/N] y Note: done\n')
  })

  it('[K44] gets the rest as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(ruling.exec(printable(text))).toBeNull()
        expect(printableLine(text)).not.toMatch(/[\n\r\t]/)
        expect(JSON.parse(printableJson(text))).toBe(JSON.parse(JSON.stringify(text)))
      }),
    )
    const kept = 'Grüße, سلام\u200cها 👩\u200d🔬\n\ttwo'
    expect(printable(kept)).toBe(kept)
    expect(printable('\u001b\u007f\u009b')).toBe('␛␡\ufffd')
  })
})
