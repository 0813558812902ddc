// The languages that a service really understands, as a person chooses them. Pure.
import type { Settings } from '../core/settings.ts'

type Option = readonly [code: string, name: string]

const words = { recognise: 'Recognise it', english: 'The built-in voice understands English only.' }

/** As OpenAI's guide to speech to text lists them. */
const transcribed =
  'af ar az be bg bs ca cs cy da de el en es et fa fi fr gl he hi hr hu hy id is it ja kk kn ko lt lv mi mk mr ms ne nl no pl pt ro ru sk sl sr sv sw ta th tl tr uk ur vi zh'.split(
    ' ',
  )

/** A language that is set is always among them. @param locale in which they are named */
export function languageOptions(
  { endpoint, language }: Pick<Settings, 'endpoint' | 'language'>,
  locale = 'en',
): readonly Option[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  const codes = endpoint.kind === 'embedded' ? ['en'] : transcribed
  const all = language === null || codes.includes(language) ? codes : [...codes, language]
  const named = all.map((code): Option => [code, names.of(code) ?? code])
  const sorted = named.toSorted(([, one], [, other]) => one.localeCompare(other, locale))
  return endpoint.kind === 'embedded' && language !== null ? sorted : [['', words.recognise], ...sorted]
}

/** What to know about them, undefined for nothing. */
export function languageHint({ endpoint }: Pick<Settings, 'endpoint'>): string | undefined {
  return endpoint.kind === 'embedded' ? words.english : undefined
}
