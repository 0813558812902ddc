// Which of the session's tools the person's words are about, if any. A tool is called for a question or a command
// that names what it is for; talk that merely mentions it calls nothing.
import type { MindTool } from '../../ports.ts'
import { keywords, statementIn } from '../facts.ts'
import type { Heard } from '../heard.ts'
import { paramsOf, wordsOfName } from './schema.ts'

export interface ToolMatch {
  tool: MindTool
  /** 0–2; from `callFrom` on the words mean this tool. */
  score: number
}

export const callFrom = 1
/** The words name the tool itself: it goes before the skills. */
export const strongFrom = 1.45

/** Words of tool names that say how and not what. */
const generic = new Set(
  keywords(
    'get fetch find lookup look show list check read make create update set run execute do use perform query current today tool function api data info information new start open send search ask give control manage execute handle request call',
  ),
)
/** One meaning, several words. */
const groups: readonly (readonly string[])[] = [
  ['weather', 'forecast', 'temperature', 'rain', 'raining', 'snow', 'sunny', 'hot', 'cold', 'umbrella', 'warm'],
  ['email', 'mail', 'e-mail'],
  ['music', 'song', 'track', 'album', 'playlist'],
  ['light', 'lamp', 'lights'],
  ['calendar', 'meeting', 'appointment', 'schedule', 'event', 'agenda'],
  ['message', 'text', 'sms'],
  ['search', 'google', 'research', 'web', 'internet', 'online'],
  ['stock', 'share', 'price', 'quote'],
  ['news', 'headline', 'headlines'],
  ['thermostat', 'heating'],
  ['restaurant', 'table', 'dinner'],
  ['flight', 'fly', 'plane'],
  ['translate', 'translation', 'translator'],
  ['folder', 'directory'],
  ['file', 'document'],
]
const rootGroups = groups.map((group) => new Set(group.flatMap((word) => keywords(word))))

const asksOrCommands =
  /^(?:what|who|whom|whose|where|when|which|why|how|is|are|was|were|do|does|did|can|could|will|would|should|has|have|any|i want|i need|i would like|let us|please)\b/
const chat =
  /^(?:how are you|what is up|how is it going|who are you|what is your|do you like|do you think|what do you think|are you|i think|i like|i love)\b/
const verbs = new Set(
  (
    'get show tell find check look search play turn switch set open send call book order create add make start stop read translate ask give run close ' +
    'delete schedule remove fetch list pause resume skip lock unlock dim raise lower increase decrease write email text message phone ring buy reserve ' +
    'remind cancel change move copy rename print save download upload install update browse google navigate calculate convert count describe explain ' +
    'note jot take use summarise research investigate prepare draft plan track fix deploy commit build test compare go bring fill put mute launch'
  ).split(' '),
)

/** Best first; only those with any likeness. */
export function matchTools(heard: Heard, tools: readonly MindTool[]): ToolMatch[] {
  const said = keywords(heard.text)
  if (said.length === 0 || !wantsSomething(heard)) return []
  const documents = tools.map((tool) => ({ tool, ...wordsIn(tool) }))
  const rarity = (word: string): number => {
    const holders = documents.filter(({ all }) => has(all, word)).length
    return holders === 0 ? 1 : Math.log(1 + documents.length / holders) / Math.log(1 + documents.length)
  }
  return documents
    .map(({ tool, name, own, all }) => ({ tool, score: scoreOf(said, name, own, all, rarity) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
}

/** A question or a command, not talk. */
export function wantsSomething({ raw, text, plain }: Heard): boolean {
  if (chat.test(text)) return false
  if (raw.trim().endsWith('?') || asksOrCommands.test(text)) return true
  return verbs.has(/^[a-z'-]+/.exec(text)?.[0] ?? '') && statementIn(plain) === null
}

function wordsIn(tool: MindTool): { name: string[]; own: string[]; all: Set<string> } {
  const name = keywords(wordsOfName(tool.name))
  const own = name.filter((word) => !generic.has(word))
  const params = paramsOf(tool).map(
    (param) => `${wordsOfName(param.name)} ${param.values.join(' ').replaceAll('_', ' ')}`,
  )
  const all = new Set([...name, ...keywords(tool.description), ...keywords(params.join(' '))])
  return { name, own: own.length > 0 ? own : name, all }
}

function has(words: Iterable<string>, word: string): boolean {
  for (const other of words) if (same(word, other)) return true
  return false
}

function same(one: string, other: string): boolean {
  return one === other || rootGroups.some((group) => group.has(one) && group.has(other))
}

function scoreOf(
  said: readonly string[],
  name: readonly string[],
  own: readonly string[],
  all: ReadonlySet<string>,
  rarity: (word: string) => number,
): number {
  const named = own.filter((word) => has(said, word)).length / own.length
  // "to" of "turn_on" and the like tell twins apart; they are no reason by themselves.
  const verbShare = name.length === 0 ? 0 : name.filter((word) => has(said, word)).length / name.length
  const told = said.filter((word) => has(all, word))
  if (told.length === 0) return 0
  const covered = told.reduce((sum, word) => sum + rarity(word), 0) / said.length
  return named + 0.4 * verbShare + 0.6 * covered
}

/** A tool that takes on whatever it is told, such as an agent: for questions and commands that nobody else can do. */
export function delegateFor(heard: Heard, tools: readonly MindTool[]): MindTool | null {
  if (!wantsSomething(heard) || keywords(heard.text).length < 2) return null
  return tools.find((tool) => /agent|assistant|delegate|task/i.test(tool.name) && takesFreeWords(tool)) ?? null
}

function takesFreeWords(tool: MindTool): boolean {
  const required = paramsOf(tool).filter((param) => param.required)
  return required.length === 1 && required[0]?.type === 'string' && required[0].values.length === 0
}
