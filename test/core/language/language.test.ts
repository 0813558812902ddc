import { describe, expect, it } from 'vitest'
import { languageFor } from '../../../src/core/language/language.ts'

/** What stands between figures in some languages is no plain space; whether a comma follows the day changed with the years. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ').replace('Sunday,', 'Sunday')

describe('the language of the window', () => {
  it('[W201] is the one that was chosen, else the first of the system’s that there is, else English', () => {
    expect(languageFor('de', ['es-MX']).code).toBe('de')
    expect(languageFor('system', ['fr-FR', 'es-MX', 'de']).code).toBe('es')
    expect(languageFor('system', ['de_AT']).code).toBe('de')
    expect(languageFor('system', ['fr', 'ja']).code).toBe('en')
    expect(languageFor('system', [])).toBe(languageFor('en', []))
  })

  it('[W201] figures are those of the person’s own country when it speaks the language, else the language’s usual ones', () => {
    expect(languageFor('system', ['de-CH']).locale).toBe('de-CH')
    expect(languageFor('en', ['de-CH', 'en-GB']).locale).toBe('en-GB')
    expect(languageFor('es', ['de-CH']).locale).toBe('es')
    expect(languageFor('en', ['not a locale', 'en-not a locale']).locale).toBe('en')
  })

  it('[W202] numbers, money, times and days are written as the language writes them', () => {
    const atMs = new Date(2026, 10, 22, 14, 5, 9).getTime()
    const laterMs = new Date(2026, 10, 23, 9).getTime()
    const muchLaterMs = new Date(2026, 11, 23).getTime()
    const read = (code: 'en' | 'es' | 'de', system: string[] = []): string[] => {
      const { count, money, decimal, timeShort, dayName, whenShort, dataAmount, dateOf } = languageFor(code, system)
      return [
        count(81_204),
        money(1.5),
        money(0.001),
        decimal(1.05),
        decimal(1),
        timeShort(atMs),
        dayName(atMs, laterMs),
        dayName(atMs, muchLaterMs),
        whenShort(atMs, muchLaterMs),
        dataAmount(48_200),
        dateOf('2026-11-01'),
      ].map(plain)
    }
    expect(read('en', ['en-GB'])).toEqual([
      '81,204',
      '$1.50',
      'under $0.01',
      '1.05',
      '1.0',
      '14:05',
      'Yesterday',
      'Sunday 22 November 2026',
      '22 Nov 2026',
      '48 KB',
      '1 Nov 2026',
    ])
    expect(read('de')).toEqual([
      '81.204',
      '1,50 $',
      'unter 0,01 $',
      '1,05',
      '1,0',
      '14:05',
      'Gestern',
      'Sonntag, 22. November 2026',
      '22. Nov. 2026',
      '48 kB',
      '01.11.2026',
    ])
    expect(read('es')).toEqual([
      '81.204',
      '1,50 $',
      'menos de 0,01 $',
      '1,05',
      '1,0',
      '14:05',
      'Ayer',
      'domingo, 22 de noviembre de 2026',
      '22 nov 2026',
      '48 kB',
      '1 nov 2026',
    ])
  })

  it('[W202] a number in a sentence is counted as the language counts', () => {
    const said = (code: 'en' | 'es' | 'de', count: number): string =>
      languageFor(code, []).say('task.stepCount', { count })
    expect([said('en', 1), said('en', 12_000)]).toEqual(['1 step', '12,000 steps'])
    expect([said('de', 1), said('de', 12_000)]).toEqual(['1 Schritt', '12.000 Schritte'])
    expect([said('es', 1), said('es', 12_000)]).toEqual(['1 paso', '12.000 pasos'])
  })

  it('[W203] a piece of a message can be more than text, and what is given is never read as a message', () => {
    const { parts, say } = languageFor('de', [])
    const pieces = parts('approval.left', { count: 30 }, { seconds: (inside) => ({ inside }) })
    expect(pieces).toEqual(['Nein, wenn du nicht in ', { inside: ['30 s'] }, ' antwortest'])
    expect(say('draft.words', { words: "{count} <b>{x, plural}</b> '" })).toBe("„{count} <b>{x, plural}</b> '“")
  })

  it('[W204] there is an English that is 40 % longer and one that runs from right to left; values stay as they are', () => {
    const values = { words: 'Tidy up' }
    const [usual, long, mirrored] = [languageFor('en', []), languageFor('x-long', []), languageFor('x-mirrored', [])]
    expect(mirrored.direction).toBe('rtl')
    expect([usual.direction, long.direction]).toEqual(['ltr', 'ltr'])
    for (const { say } of [long, mirrored]) expect(say('task.begun', values)).toContain(values.words)
    expect(mirrored.say('talk.mute')).toBe('\u202eMute\u202c')
    for (const key of ['window.settings', 'empty.handsFree', 'trouble.limit'] as const)
      expect(long.say(key).length / usual.say(key).length).toBeGreaterThan(1.35)
    expect(long.say('task.stepCount', { count: 3 })).toMatch(/^3 st.*ps$/)
  })
})
