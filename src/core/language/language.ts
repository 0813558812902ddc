// A language of the window: its texts, how it writes numbers and times, and the way it runs. Which one is wanted is said by the
// settings and the system. Texts are ICU messages, each parsed when it is first said.
import { IntlMessageFormat } from 'intl-messageformat'
import { offeredLanguages, type LanguageChoice, type LanguageCode } from './choice.ts'
import { english } from './english/catalogue.ts'
import { createFormats, type Formats } from './formats.ts'
import { german } from './german/catalogue.ts'
import type { Catalogue, Key, Say } from './messages.ts'
import { lengthened, mirrored } from './pseudo.ts'
import { spanish } from './spanish/catalogue.ts'
import { createTold, indexOf, type Index } from './told.ts'
import type { Wording } from './wording.ts'

export interface Language extends Formats {
  readonly code: LanguageCode
  /** BCP 47: for numbers and dates, and for the document. */
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  say: Say
  /** Words of main, which it says in English, in this language; as they are when no catalogue has them. */
  told: (text: string) => string
  /** What main says of a call of a tool. */
  wording: (wording: Wording) => string
  /** A message with pieces that are no text: `<name>…</name>` in it becomes what `tags.name` makes of it. */
  parts: <Piece>(key: Key, values: Readonly<Record<string, string | number>>, tags: Tags<Piece>) => (string | Piece)[]
}

type Tags<Piece> = Readonly<Record<string, (inside: readonly (string | Piece)[]) => Piece>>

const catalogues: Record<LanguageCode, Catalogue> = {
  en: english,
  es: spanish,
  de: german,
  'x-long': english,
  'x-mirrored': english,
}

/** @param locale of numbers and dates */
export function createLanguage(code: LanguageCode, locale: string): Language {
  const catalogue = catalogues[code]
  const parsed = new Map<Key, IntlMessageFormat>()

  function messageOf(key: Key): IntlMessageFormat {
    const known = parsed.get(key)
    if (known) return known
    const made = parse(code, catalogue[key], locale)
    parsed.set(key, made)
    return made
  }

  function worded(key: Key, values: Readonly<Record<string, string | number>> | undefined): string {
    return String(messageOf(key).format(values))
  }

  const say: Say = (key, ...[values]) => worded(key, values)
  const formats = createFormats(locale, say)
  return {
    code,
    locale,
    direction: code === 'x-mirrored' ? 'rtl' : 'ltr',
    say,
    told: code === 'en' ? (text) => text : createTold(worded, toldIndex),
    wording: ({ key, values }) =>
      worded(
        key,
        Object.fromEntries(
          Object.entries(values).map(([name, value]) => [
            name,
            typeof value === 'object' ? formats.moment(value.atMs) : value,
          ]),
        ),
      ),
    parts(key, values, tags) {
      const said = messageOf(key).format({ ...values, ...tags } as never)
      return (Array.isArray(said) ? said : [said]) as never
    },
    ...formats,
  }
}

/** For a terminal, a log and the record, which are in English. */
export function inEnglish(wording: Wording): string {
  return languageFor('en', []).wording(wording)
}

let index: Index | null = null

function toldIndex(): Index {
  return (index ??= indexOf(
    (Object.keys(english) as Key[])
      .filter((key) => key.startsWith('told.'))
      .map((key) => [key, english[key], new IntlMessageFormat(english[key], 'en').getAst()]),
  ))
}

function parse(code: LanguageCode, text: string, locale: string): IntlMessageFormat {
  const message = new IntlMessageFormat(text, locale)
  if (code === 'x-long') return new IntlMessageFormat(lengthened(message.getAst()), locale)
  return code === 'x-mirrored' ? new IntlMessageFormat(mirrored(message.getAst()), locale) : message
}

const made = new Map<string, Language>()
/** By what was asked: it is asked with every notice, and to look a locale up takes longer than all the rest. */
const found = new Map<string, Language>()

/**
 * The language that is wanted; the same object each time.
 * @param system the system's locales, the most wanted first
 */
export function languageFor(choice: LanguageChoice, system: readonly string[]): Language {
  const asked = `${choice} ${system.join(' ')}`
  const known = found.get(asked)
  if (known) return known
  const code = choice === 'system' ? codeFor(system) : choice
  const locale = localeFor(code, system)
  const name = `${code} ${locale}`
  const language = made.get(name) ?? createLanguage(code, locale)
  made.set(name, language)
  found.set(asked, language)
  return language
}

function codeFor(system: readonly string[]): LanguageCode {
  for (const locale of system) {
    const found = offeredLanguages.find(([code]) => code === tongueOf(locale))
    if (found) return found[0]
  }
  return 'en'
}

/** Somebody in Vienna or Mexico reads figures as they do there, as long as the words are of the same language. */
function localeFor(code: LanguageCode, system: readonly string[]): string {
  const tongue = code.startsWith('x-') ? 'en' : code
  return system.find((locale) => tongueOf(locale) === tongue && isKnown(locale)) ?? tongue
}

function tongueOf(locale: string): string {
  return (locale.split(/[-_]/)[0] ?? '').toLowerCase()
}

function isKnown(locale: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0
  } catch {
    return false
  }
}
