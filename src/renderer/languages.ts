// The languages that a service really understands, as a person chooses them. Pure.
import type { Language } from '../core/language/language.ts'
import type { Say } from '../core/language/messages.ts'
import type { Settings } from '../core/settings.ts'

type Option = readonly [code: string, name: string]

/** As OpenAI's guide to speech to text lists them. */
const transcribed =
  'af ar az be bg bs ca cs cy da de el en es et fa fi fr gl he hi hr hu hy id is it ja kk kn ko lt lv mi mk mr ms ne nl no pl pt ro ru sk sl sr sv sw ta th tl tr uk ur vi zh'.split(
    ' ',
  )

/** Some languages write their names small within a sentence. */
const capital = (name: string, locale: string): string => name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)

/** A language that is set is always among them; each is named in the language of the window. */
export function languageOptions(
  { endpoint, language }: Pick<Settings, 'endpoint'> & { language: string | null },
  { say, locale }: Pick<Language, 'say' | 'locale'>,
): readonly Option[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  const codes = endpoint.kind === 'embedded' ? ['en'] : transcribed
  const all = language === null || codes.includes(language) ? codes : [...codes, language]
  const named = all.map((code): Option => [code, capital(names.of(code) ?? code, locale)])
  const sorted = named.toSorted(([, one], [, other]) => one.localeCompare(other, locale))
  return endpoint.kind === 'embedded' && language !== null ? sorted : [['', say('tongue.any')], ...sorted]
}

/** What to know about them, undefined for nothing. */
export function languageHint({ endpoint }: Pick<Settings, 'endpoint'>, say: Say): string | undefined {
  return endpoint.kind === 'embedded' ? say('tongue.englishOnly') : undefined
}
