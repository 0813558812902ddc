// Says plainly what it can't do, and what it can. The last skill: everything it is given gets an answer.
import { statementIn } from '../facts.ts'
import type { Skill } from '../skill.ts'
import { pick } from '../skill.ts'

const table: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:weather|forecast|rain(?:ing|y)?|snow(?:ing)?|sunny|umbrella|temperature (?:outside|today|tomorrow|in)|how (?:hot|cold|warm) (?:is|will) it)\b/,
    "I can't check the weather; I work offline.",
  ],
  [/\b(?:news|headlines|happening in the world|latest on)\b/, "I can't read the news; I work offline."],
  [
    /\b(?:stock|share|bitcoin|exchange rate|price of|crypto|dollars? (?:in|to) (?:euros?|pounds?)|euros? (?:in|to) dollars?|pounds? (?:in|to) (?:euros?|dollars?))\b/,
    "I can't look up prices or rates; I work offline.",
  ],
  [/\b(?:score|match|game|football|who won|playing tonight|league)\b/, "I can't look up scores; I work offline."],
  [
    /\b(?:search|google|look up|look it up|internet|online|website|web ?page|browse|wikipedia|find out)\b/,
    "I can't search the web; I work offline.",
  ],
  [
    /\b(?:play|music|song|radio|podcast|spotify|playlist|album|pause|next track|video|movie|netflix|youtube)\b/,
    "I can't play music or video.",
  ],
  [/\b(?:call|phone|dial|ring|text|message|email|e-mail|mail|send|whatsapp)\b/, "I can't make calls or send messages."],
  [
    /\b(?:lights?|lamp|thermostat|heating|air conditioning|door|lock|garage|blinds|oven|tv|television|vacuum)\b/,
    "I can't control things in the house.",
  ],
  [
    /\b(?:open|launch|close|shut down|restart|install|app|folder|file|browser|document|screenshot|download|delete the file|volume|brightness|wifi|bluetooth)\b/,
    "I can't work your computer or its files.",
  ],
  [
    /\b(?:directions|route|navigate|traffic|how far is|how do i get to|nearest|near me|nearby|restaurant|map|flight|train|bus|taxi|uber|book (?:a|me)|reserve|order (?:a|me|some)|pizza delivery|buy)\b/,
    "I can't look up places or book anything; I work offline.",
  ],
  [/\b(?:translate|in (?:french|german|spanish|italian|japanese|chinese)|how do you say)\b/, "I can't translate."],
  [
    /\b(?:calendar|meetings?|appointments?|schedule|agenda)\b/,
    "I can't see your calendar. I can set reminders, though.",
  ],
  [
    /\b(?:write|poem|story|essay|code|recipe|explain|teach|advice|recommend|suggest)\b/,
    "That's beyond me offline. I keep to short, practical things.",
  ],
]
const can: readonly [string, ...string[]] = [
  'I can help with the time, sums, timers, lists and notes.',
  'Timers, reminders, sums, lists and notes are what I do.',
  'I can do times and dates, sums, timers, lists, notes and remembering things.',
]
const asksOfSelf = /^(?:what|who|where|when|which|how|do you (?:know|remember)|is|are|did|do) .*\b(?:my|i|mine)\b/

/** Whether the words are about something that is known to be out of reach: no guess at another meaning is wanted then. */
export function isOutOfReach(text: string): boolean {
  return table.some(([pattern]) => pattern.test(text))
}

export const limits: Skill = {
  name: 'limits',
  kind: 'talk',
  examples: [],
  answer({ text, raw }, { random }) {
    const cannot = table.find(([pattern]) => pattern.test(text))?.[1]
    const question =
      raw.trim().endsWith('?') ||
      /^(?:what|who|whom|whose|where|when|which|why|how|is|are|was|were|do|does|did|can|could|will|would|should|has|have)\b/.test(
        text,
      )
    const told = statementIn(raw)
    if (told !== null && !question) {
      return {
        say: pick(random, [
          "Okay. Say remember that, and I'll keep it for you.",
          'I see. I can note that down if you like.',
          'All right. Is there something I can do?',
        ]),
      }
    }
    if (asksOfSelf.test(text) && cannot === undefined) {
      return { say: pick(random, ["You haven't told me that yet.", "I don't know that; you haven't told me yet."]) }
    }
    if (cannot !== undefined) return { say: `${cannot} ${pick(random, can)}` }
    if (question)
      return {
        say: `${pick(random, ["I don't know that; I work offline.", "That I can't answer offline."])} ${pick(random, can)}`,
      }
    return {
      say: pick(random, [
        "Sorry, I didn't get that. Could you say it another way?",
        "I'm not sure what you mean. Could you put it differently?",
      ]),
    }
  },
}
