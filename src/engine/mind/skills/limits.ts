// Says in one plain sentence what it can't do. The last skill: everything it is given gets an answer.
import { statementIn } from '../facts.ts'
import type { Language } from '../../language/language.ts'
import type { Answer, Skill } from '../skill.ts'
import { pick } from '../skill.ts'

/** The way to more, told once a day. */
const offer = 'Connect a key or a model on this computer, and I can.'

/** What nothing here can reach, with or without a model. */
const outOfReach: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:weather|forecast|rain(?:ing|y)?|snow(?:ing)?|sunny|umbrella|sunset|sunrise|temperature (?:outside|today|tomorrow|in)|how (?:hot|cold|warm) (?:is|will) it|(?:hot|cold|warm|windy) (?:out|outside|today|tomorrow))\b/,
    "I can't check the weather from here.",
  ],
  [/\b(?:news|headlines|happening in the world|latest on)\b/, "I can't read the news from here."],
  [
    /\b(?:stock|share price|bitcoin|exchange rate|price of|crypto|dollars? (?:in|to) (?:euros?|pounds?)|euros? (?:in|to) dollars?|pounds? (?:in|to) (?:euros?|dollars?)|in (?:dollars|euros))\b/,
    "I can't look up prices or rates from here.",
  ],
  [/\b(?:score|football|who won|playing tonight|league)\b/, "I can't look up scores from here."],
  [
    /\b(?:play|music|song|radio|podcast|spotify|playlist|album|pause|next track|movie|netflix|youtube)\b/,
    "I can't play music or video.",
  ],
  [/^(?:call|phone|dial|ring|text|message|email|mail|send|whatsapp)\b/, "I can't make calls or send messages."],
  [
    /\b(?:lights?|lamp|thermostat|heating|air conditioning|garage|blinds|oven|tv|television|vacuum)\b|\b(?:lock|unlock) the\b/,
    "I can't control things in the house.",
  ],
  [
    /^(?:open|launch|close|shut down|restart|install|download|take a (?:screenshot|picture|photo))\b|\b(?:volume|brightness|wifi|bluetooth)\b/,
    "I can't work your computer.",
  ],
  [
    /^(?:what time|when) (?:does|do|is) .*\b(?:opens?|close[sd]?|leaves?|arrives?)\b|\b(?:directions|route|navigate|traffic|how do i get to|nearest|near me|nearby|flight|taxi|uber|book (?:a|me)|reserve|order (?:a|me|some)|pizza delivery)\b/,
    "I can't look up places or book anything.",
  ],
  [
    /\b(?:calendar|meetings?|appointments?|schedule|agenda)\b/,
    "I can't see your calendar. I can set reminders, though.",
  ],
]
/** What a model could do, whatever it is about. */
const wordsWanted: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:translate|in (?:french|german|spanish|italian|japanese|chinese)$|how do you say)\b/,
    "I can't translate without a model.",
  ],
  [/^(?:summarise|sum up)\b/, "I can't sum that up without a model."],
  [
    /^(?:write|compose|draft|rewrite|rephrase|proofread|correct)\b|\b(?:poem|essay|code)\b/,
    "I can't write that without a model.",
  ],
]
const knowledge: readonly (readonly [RegExp, string])[] = [
  [/^(?:why|how do(?:es)?|how can|how to|explain|teach|describe)\b/, "I can't explain that without a model."],
  [
    /\b(?:advice|recommend|suggest|recipe|ideas? for|should i|plan (?:a|my|me))\b/,
    "I can't advise you on that without a model.",
  ],
  [/\bfiles?\b|\bfolders?\b/, "I can't do that with files without a model."],
  [
    /\b(?:search|google|look (?:it )?up|internet|online|web ?site|web ?page|browse|wikipedia|find out|research)\b/,
    "I can't search the web without a model.",
  ],
]
const asksOfSelf = /^(?:what|who|where|when|which|how|do you (?:know|remember)|is|are|did|do) .*\b(?:my|i|mine)\b/
const question =
  /^(?:what|who|whom|whose|where|when|which|why|how|is|are|was|were|do|does|did|can|could|will|would|should|has|have|name|tell me|define|list)\b/

/** Whether the words are about something that is known to be out of reach: no guess at another meaning is wanted then. */
export function isOutOfReach(text: string): boolean {
  return [...wordsWanted, ...outOfReach, ...knowledge].some(([pattern]) => pattern.test(text))
}

const declined = (say: string, more: Pick<Answer, 'offer'> = {}): Answer => ({
  say,
  topic: { about: 'declined', say },
  ...more,
})

export const limits: Skill = {
  name: 'limits',
  kind: 'talk',
  examples: [],
  answer({ text, raw }, { random, topic }) {
    const isAsked = raw.trim().endsWith('?') || question.test(text)
    if (statementIn(raw) !== null && !isAsked)
      return {
        say: pick(random, [
          "I don't know what to do with that. Say remember that, and I'll keep it for you.",
          "I can't say much to that. I can note it down if you like.",
        ]),
      }
    const written = wordsWanted.find(([pattern]) => pattern.test(text))?.[1]
    if (written !== undefined) return declined(written, { offer })
    const cannot = outOfReach.find(([pattern]) => pattern.test(text))?.[1]
    if (cannot !== undefined) return declined(cannot)
    if (asksOfSelf.test(text) && !/\b(?:should|do|can|could) (?:i|we)\b/.test(text))
      return { say: pick(random, ["You haven't told me that yet.", "I don't know that; you haven't told me yet."]) }
    const could = knowledge.find(([pattern]) => pattern.test(text))?.[1]
    if (could !== undefined) return declined(could, { offer })
    if (isAsked) return declined("I can't look things up without a model.", { offer })
    return {
      say: pick(random, [
        "Sorry, I didn't understand that. Could you say it another way?",
        "I didn't understand that. Could you put it differently?",
      ]),
      // What was talked of is not over by a word that was not understood.
      ...(topic === null ? {} : { topic }),
    }
  },
}

const declines: Record<Exclude<Language, 'en'>, readonly [say: string, offer: string]> = {
  de: [
    'Ohne Modell verstehe ich nur Englisch.',
    'Verbinde einen Schlüssel oder ein Modell auf diesem Rechner, dann verstehe ich auch Deutsch.',
  ],
  es: [
    'Sin un modelo solo entiendo inglés.',
    'Conecta una clave o un modelo en este ordenador y también entenderé español.',
  ],
  other: [
    "That isn't English, and without a model I understand nothing else.",
    'Connect a key or a model on this computer, and I can answer in your language.',
  ],
}

/** For words of another language, in that language where it is spoken here. */
export function declineLanguage(language: Exclude<Language, 'en'>): Answer {
  const [say, way] = declines[language]
  return declined(say, { offer: way })
}
