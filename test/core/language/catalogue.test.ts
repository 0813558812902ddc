import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { english } from '../../../src/core/language/english/catalogue.ts'
import { german } from '../../../src/core/language/german/catalogue.ts'
import type { Catalogue, Key } from '../../../src/core/language/messages.ts'
import { spanish } from '../../../src/core/language/spanish/catalogue.ts'

type Pieces = ReturnType<IntlMessageFormat['getAst']>

const catalogues: Record<string, Catalogue> = { en: english, es: spanish, de: german }
const keys = Object.keys(english) as Key[]
const piecesOf = (text: string, code: string): Pieces => new IntlMessageFormat(text, code).getAst()

/** `name` of a value, `name tag` of a tag, at any depth. */
function namesIn(pieces: Pieces): string[] {
  const names = pieces.flatMap((piece): string[] => {
    if ('children' in piece) return [`${piece.value} tag`, ...namesIn(piece.children)]
    if ('options' in piece) return [piece.value, ...Object.values(piece.options).flatMap(({ value }) => namesIn(value))]
    return 'value' in piece && String(piece.type) !== '0' ? [piece.value] : []
  })
  return [...new Set(names)].sort()
}

/** What the categories of plural numbers of a language say, at any depth. */
function pluralsIn(pieces: Pieces): string[][] {
  return pieces.flatMap((piece) => {
    if ('children' in piece) return pluralsIn(piece.children)
    if (!('options' in piece)) return []
    const deeper = Object.values(piece.options).flatMap(({ value }) => pluralsIn(value))
    return String(piece.type) === '6' ? [Object.keys(piece.options), ...deeper] : deeper
  })
}

describe('the catalogues', () => {
  it('[W200] every text is in every language, can be parsed, and takes the values that the English one takes', () => {
    for (const [code, catalogue] of Object.entries(catalogues)) {
      expect(Object.keys(catalogue).sort()).toEqual([...keys].sort())
      for (const key of keys) {
        const text = catalogue[key]
        expect([code, key, text.trim()]).not.toEqual([code, key, ''])
        expect([code, key, namesIn(piecesOf(text, code))]).toEqual([code, key, namesIn(piecesOf(english[key], 'en'))])
      }
    }
  })

  it('[W200] a number has a form for each way in which the language counts, and no other', () => {
    for (const [code, catalogue] of Object.entries(catalogues)) {
      const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories
      for (const key of keys)
        for (const names of pluralsIn(piecesOf(catalogue[key], code))) {
          const wrong = names.filter((name) => !name.startsWith('=') && !categories.includes(name as never))
          expect([code, key, wrong, names.includes('other')]).toEqual([code, key, [], true])
        }
    }
  })

  it('[W200] a translation keeps how the English text begins and ends, so that pieces fit together', () => {
    for (const [code, catalogue] of Object.entries(catalogues))
      for (const key of keys) {
        const [text, model] = [catalogue[key], english[key]]
        const edges = (words: string): boolean[] => [/^\s/.test(words), /\s$/.test(words), /\.$/.test(words)]
        expect([code, key, ...edges(text)]).toEqual([code, key, ...edges(model)])
      }
  })
})
