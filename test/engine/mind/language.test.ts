import { describe, expect, it } from 'vitest'
import { languageOf, type Language } from '../../../src/engine/language/language.ts'
import { createTalk } from '../../support/talk.ts'
import { firstVoice, secondVoice } from '../../../bench/questions.ts'

const told: readonly (readonly [Language, string])[] = [
  ['de', 'Wie spät ist es?'],
  ['de', 'Kannst du mir sagen, wie das Wetter morgen wird?'],
  ['de', 'was ist die hauptstadt von australien'],
  ['de', 'Danke'],
  ['es', '¿Qué hora es?'],
  ['es', 'cual es la capital de francia'],
  ['es', 'Pon una alarma para mañana'],
  ['es', 'Hola'],
  ['other', 'Quelle heure est-il ?'],
  ['other', 'Che ore sono?'],
  ['other', 'Hoe laat is het?'],
  ['other', 'Que horas são?'],
  ['other', '今何時ですか'],
  ['other', 'Который час?'],
  ['other', 'كم الساعة الآن؟'],
  ['en', 'What does guten Morgen mean?'],
  ['en', 'add Brot und Butter to my shopping list'],
  ['en', 'call me José'],
  ['en', 'die'],
  ['en', '42'],
  ['en', ''],
  ['en', 'kay or ah ess'],
  ['en', 'No, I meant 18 percent'],
]

describe('the language of typed words', () => {
  it.each(told)('[M19] is %s: “%s”', (language, words) => {
    expect(languageOf(words)).toBe(language)
  })

  it('[M19] no question of the voice measure is taken for another language', () => {
    expect([...firstVoice, ...secondVoice].filter(({ text }) => languageOf(text) !== 'en')).toEqual([])
  })

  it('[M19] what is not English is declined in its language, and nothing is set, kept or handed over', async () => {
    const { say, clock } = createTalk()
    expect(await say('Stell einen Timer auf fünf Minuten')).toMatch(/^Ohne Modell verstehe ich nur Englisch\. Verbinde/)
    expect(await say('Mi color favorito es el azul')).toBe('Sin un modelo solo entiendo inglés.')
    expect(await say('Quelle heure est-il ?')).toBe(
      "That isn't English, and without a model I understand nothing else.",
    )
    expect(clock.waiting()).toBe(0)
    expect(await say('what do you remember')).toMatch(/haven't asked me/)
  })
})
