// One phrase that is listened for: what of it can be told from other words, and whether somebody has just said it. The recogniser is
// asked how well the phrase fits what was heard, beside the words that sound like it: sounds decide, not how it would be spelt.
import type { PhraseFit, PhraseView } from '../core/audio/phrase.ts'
import { leastSounds, leastSyllables } from '../core/audio/phrase.ts'
import { isVowel, likenessOf } from './likeness.ts'
import type { Heard } from './moonshine.ts'
import { isKnown, soundsOf, wordsOf, type Sound } from './sounds.ts'

/** Above it the phrase was not said; found by `npm run bench -- wake`. Nats. */
const mostMisfit = 7
/** What is further off is not asked about further. */
const hopelessMisfit = 11
/** Where it is written as it is said, a voice may be as hard to read as this. */
const likeWriting = 0.93
const hopefulMisfit = 9
const mostRivals = 8
/** Words as unlike the last one as these are no danger; as like as those can't be told apart by anybody. */
const rivalLikeness = { least: 0.55, most: 0.9 }

/** How sentences begin every day: a phrase that is like one of them is heard all the time. */
const everyday: readonly string[] = [
  'okay',
  'hello',
  'hello there',
  'hey there',
  'hey you',
  'hi there',
  'good morning',
  'good night',
  'good evening',
  'thank you',
  'thanks a lot',
  'how are you',
  'what is it',
  'what time is it',
  'come here',
  'come on',
  'let us go',
  'i know',
  'i do not know',
  'i think so',
  'you know',
  'excuse me',
  'see you later',
  'of course',
  'all right',
  'right now',
  'no problem',
  'hey party',
  'hey charlie',
  'hey buddy',
  'hey man',
  'hey mum',
  'hey dad',
  'hey guys',
  'oh my god',
  'what about',
  'do you want',
  'can you',
  'could you',
  'would you like',
  'are you there',
  'is that you',
  'not really',
  'maybe later',
  'by the way',
]

export interface Phrase {
  view(): PhraseView
  /** Rejects as the recogniser does. */
  judge(heard: Heard): Promise<PhraseFit>
}

export function createPhrase(text: string, common: ReadonlySet<string>): Phrase {
  const words = wordsOf(text)
  const sounds = words.flatMap(soundsOf)
  const ways = [text.trim(), words.length > 1 ? withComma(text.trim()) : `${text.trim()},`]
  const likeEveryday = everyday
    .map((one) => ({ one, likeness: likenessOf(sounds, wordsOf(one).flatMap(soundsOf)).likeness }))
    .sort((one, other) => other.likeness - one.likeness)
  const rivals = [
    ...likeEveryday
      .filter(({ likeness }) => likeness > 0.7 && likeness < 1)
      .slice(0, 3)
      .map(({ one }) => capital(one)),
    ...rivalsOf(words, common),
  ]

  function view(): PhraseView {
    const syllables = sounds.filter(isVowel).length
    const nearest = likeEveryday[0] ?? { one: '', likeness: 0 }
    // What is alike to seven tenths is rarely taken for it; each sound more is one more chance to differ.
    const apart = Math.min(1, (1 - nearest.likeness) / 0.3) * 0.6 + Math.min(1, sounds.length / 9) * 0.4
    return {
      sounds: sounds.length,
      verdict:
        sounds.length < leastSounds || syllables < leastSyllables
          ? 'short'
          : nearest.likeness > 0.9
            ? 'common'
            : 'fine',
      apart: Math.round(apart * 100),
      nearest: nearest.likeness > 0.6 ? nearest.one : null,
    }
  }

  async function judge(heard: Heard): Promise<PhraseFit> {
    const fits = []
    for (const way of ways) fits.push(await heard.fit(way))
    const misfit = Math.min(...fits.map((one) => one.misfit))
    const cost = Math.min(...fits.map((one) => one.cost))
    if (misfit > hopelessMisfit) return { fit: meter(misfit), isCalled: false, hasMore: false }
    let behind = 0
    for (const rival of rivals) behind = Math.max(behind, cost - (await heard.fit(rival)).cost)
    const { text: written } = await heard.words()
    const said = wordsOf(written)
    const { likeness, length } = likenessOf(sounds, said.flatMap(soundsOf))
    const score = misfit + behind
    const isCalled = score <= mostMisfit || (likeness >= likeWriting && score <= hopefulMisfit)
    return { fit: meter(score), isCalled, hasMore: isCalled && likeness > 0.5 && wordsBehind(said, length) > 0 }
  }

  return { view, judge }
}

/** 0–100; from 50 on it counts. */
const meter = (score: number): number => Math.round(Math.max(0, Math.min(100, 100 - (score / mostMisfit) * 50)))

const withComma = (text: string): string => text.replace(/^(\S+?),? /, '$1, ')

function wordsBehind(said: readonly string[], length: number): number {
  let sounds = 0
  for (const [at, word] of said.entries()) {
    if (sounds >= length) return said.length - at
    sounds += soundsOf(word).length
  }
  return 0
}

/** The phrase with another last word that sounds like it. */
function rivalsOf(words: readonly string[], common: ReadonlySet<string>): string[] {
  const last = soundsOf(words.at(-1) ?? '')
  const found: { word: string; likeness: number }[] = []
  for (const word of common) {
    if (!isKnown(word) || Math.abs(word.length - (words.at(-1) ?? '').length) > 2) continue
    const other = soundsOf(word)
    // The comparison is dear, and another length is another word.
    if (Math.abs(other.length - last.length) > 1) continue
    const likeness = mutual(last, other)
    if (likeness >= rivalLikeness.least && likeness <= rivalLikeness.most) found.push({ word, likeness })
  }
  const nearest = found.sort((one, other) => other.likeness - one.likeness).slice(0, mostRivals)
  const before = words.slice(0, -1).join(' ')
  return nearest.map(({ word }) => capital(`${before} ${word}`.trim()))
}

/** Both whole: a beginning alone is no rival. */
const mutual = (one: readonly Sound[], other: readonly Sound[]): number =>
  Math.min(likenessOf(one, other).likeness, likenessOf(other, one).likeness)

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
