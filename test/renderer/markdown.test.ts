import { describe, expect, it } from 'vitest'
import { languageFor } from '../../src/core/language/language.ts'
import { argumentRows as rowsIn, type ArgumentRow } from '../../src/renderer/call-arguments.ts'
import { alignedOffset } from '../../src/renderer/markdown/aligned.ts'
import { blocksOf, decoded } from '../../src/renderer/markdown/blocks.ts'

const kinds = (text: string, isComing = false): string[] => blocksOf(text, isComing).map(({ type }) => type)

const argumentRows = (text: string): readonly ArgumentRow[] | null => rowsIn(text, languageFor('en', []).say)

describe('an answer as Markdown', () => {
  it('[W67] every kind of block is known by its kind, and what holds the window up is shown as it is written', () => {
    expect(
      kinds('# Title\n\nWords\n\n- one\n- two\n\n> said\n\n```js\nx\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---'),
    ).toEqual(['heading', 'paragraph', 'list', 'blockquote', 'code', 'table', 'hr'])
    expect(kinds('>'.repeat(5_000))).toEqual(['plain'])
    expect(kinds(`${' '.repeat(400)}- deep`)).toEqual(['plain'])
    expect(kinds('x '.repeat(60_000))).toEqual(['plain'])
    expect(kinds('<script>alert(1)</script>')).toEqual(['html'])
  })

  it('[W68] while an answer comes, what has begun is read as if it had ended, and nothing read before becomes another kind', () => {
    const whole = 'A **bold** word.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet x\n```\n\n- one\n- two'
    let before: string[] = []
    for (let to = 1; to <= whole.length; to++) {
      const now = kinds(whole.slice(0, to), true)
      // The last block may still become what it is to be: a bar a table, a sign a list.
      expect(now.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1))
      before = now
    }
    const written = (to: number): string => JSON.stringify(blocksOf(whole.slice(0, to), true))
    expect(written('A **bo'.length)).toContain('"strong"')
    expect(written('A **bold** word.\n\n| a | b'.length)).not.toContain('|')
  })

  it('[W67] characters that are written by name or number are read; what is none stays', () => {
    expect(decoded('a &amp; b &#169; &copy; &frac12;&hellip; &#x1F600; &lt;b&gt; &nothing; &#0; &#xD800;')).toBe(
      'a & b © © ½… 😀 <b> &nothing; &#0; &#xD800;',
    )
  })

  it('[W69] every place in the written text has its place among the shown characters, in order, to the end', () => {
    for (const [written, shown] of [
      ['A **bold** word and [a link](https://example.org/a/b) after it.', 'A bold word and a link after it.'],
      ['1. one\n2. *two*\n\n> three', 'onetwothree'],
      ['Nothing but words.', 'Nothing but words.'],
      ['مرحبا **بالعالم** 你好 *世界* 😀', 'مرحبا بالعالم 你好 世界 😀'],
      ['a &amp; b', 'a & b'],
    ] as const) {
      let before = 0
      for (let to = 0; to <= written.length; to++) {
        const at = alignedOffset(written, shown, to)
        expect(at).toBeGreaterThanOrEqual(before)
        before = at
      }
      expect(before).toBe(shown.length)
    }
    const written = 'A **bold** word, then.'
    expect('A bold word, then.'.slice(0, alignedOffset(written, 'A bold word, then.', written.indexOf(' word')))).toBe(
      'A bold',
    )
  })
})

describe('what a question asks about', () => {
  it('[W70] arguments are a row each, long ones in full; what is no object is shown as it is', () => {
    expect(argumentRows('{"path":"/a/b","text":"","dry":true,"lines":["a","b"],"more":{"x":1}}')).toEqual([
      { name: 'path', value: '/a/b' },
      { name: 'text', value: '(empty)' },
      { name: 'dry', value: 'yes' },
      { name: 'lines', value: 'a\nb' },
      { name: 'more', value: '{\n  "x": 1\n}' },
    ])
    for (const text of ['[1]', '"words"', '{}', 'no JSON']) expect(argumentRows(text)).toBeNull()
  })
})
