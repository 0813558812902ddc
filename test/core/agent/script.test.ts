// What can't be seen or told apart is written out, and ordinary words of any language are left alone.
import { describe, expect, it } from 'vitest'
import { exactJson, plainWords } from '../../../src/core/agent/plain.ts'

const invisible: [name: string, text: string][] = [
  ['variation selectors', 'a\uFE0Fb\u{E0100}'],
  ['tags', 'a\u{E0041}\u{E007F}'],
  ['a Hangul filler', 'a\u3164b'],
  ['other Hangul fillers', '\u115F\u1160\uFFA0'],
  ['a blank Braille cell', 'a\u2800b'],
  ['zero-width ones', 'a\u200B\u200C\u200D\u2060\uFEFFb'],
  ['turned text', '\u202Etxt.exe\u202C\u2066\u2069'],
  ['a soft hyphen', 'pass\u00ADword'],
  ['a grapheme joiner', 'a\u034Fb'],
  ['a Mongolian separator', 'a\u180E\u180Bb'],
  ['Khmer inherent vowels', 'a\u17B4\u17B5b'],
  ['spaces of other widths', 'a\u00A0b\u2003c\u3000d\u205Fe\u1680f'],
  ['separators of lines', 'a\u2028b\u2029c'],
  ['controls', 'a\u0000\u001B[2Jb\u0085\u009B'],
  ['an object replacement', 'a\uFFFCb'],
  ['private use', 'a\uE000\u{F0000}b'],
  ['nothing yet', 'a\u0378\u{1FFFE}b'],
  ['an invisible musical sign', 'a\u{1D159}\u{1D173}b'],
  ['invisible mathematics', 'a\u2061\u2062\u2063\u2064b'],
  ['shorthand formats', 'a\u{1BCA0}b'],
  ['half a pair', 'a\uD800b'],
]

describe('characters', () => {
  it.each(invisible)('[S33] %s are written out', (_, text) => {
    const code =
      /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{1D159}]|(?! )\p{Zs}/u
    const words = plainWords(text)
    expect(words).not.toMatch(code)
    expect(words).toContain('⟨U+')
    const json = exactJson({ text })
    expect(json.replaceAll('\n', '')).not.toMatch(code)
    expect(JSON.parse(json)).toEqual({ text })
  })

  it.each([
    ['a Cyrillic а in a Latin word', 'pаypal.com', 'p⟨U+0430⟩ypal.com'],
    ['a Greek ο', 'gοogle', 'g⟨U+03BF⟩ogle'],
    ['a whole word of twins', 'open сосо now', 'open ⟨U+0441⟩⟨U+043E⟩⟨U+0441⟩⟨U+043E⟩ now'],
    ['a dotless i', 'admın', 'adm⟨U+0131⟩n'],
    ['a phonetic ɡ', 'ɡithub', '⟨U+0261⟩ithub'],
    ['full-width letters', 'ｒｍ', '⟨U+FF52⟩⟨U+FF4D⟩'],
    ['mathematical letters', '𝐫𝐦', '⟨U+1D42B⟩⟨U+1D426⟩'],
    ['a slash that is none', 'a∕b⁄c', 'a⟨U+2215⟩b⟨U+2044⟩c'],
    ['a dot that is none', 'evil․com', 'evil⟨U+2024⟩com'],
    ['an overlaid stroke', 'o\u0338k', 'o⟨U+0338⟩k'],
    ['a script that nobody writes', '𐌀𐌁', '⟨U+10300⟩⟨U+10301⟩'],
    ['a pile of marks', 'a\u0301\u0302\u0303\u0304', 'a\u0301\u0302\u0303⟨U+0304⟩'],
  ])('[S33] %s is marked', (_, text, shown) => {
    expect(plainWords(text)).toBe(shown)
  })

  it.each([
    'Write 12 characters to todo.md?',
    'naïve café, Zürich – “quoted” … 100 €',
    'Я иду в сад с сыном, а он читает.',
    'Το όνομά μου και το δικό σου.',
    'שלום עולם',
    'مرحبا بالعالم',
    '今日は世界。한국어 ไทย हिन्दी தமிழ்',
    'USB-кабель на 2 м',
    '☕ 🎉 → ✓ № 5 °C',
  ])('[S33] %s is left as it is', (text) => {
    expect(plainWords(text)).toBe(text)
  })

  it('[S33] every character that Unicode knows is either seen or written out', () => {
    const code = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
    let shown = ''
    for (let at = 0; at <= 0x10ffff; at++)
      if (at !== 10) shown += code.test(String.fromCodePoint(at)) ? String.fromCodePoint(at) : ''
    expect(plainWords(shown, Number.MAX_SAFE_INTEGER)).not.toMatch(code)
  })
})
