// Remembers what it is told and recalls it; names are names.ts's.
import { keywords, recall, statementIn } from '../facts.ts'
import { addFact } from '../../notebook/notebook.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { lowerFirst, secondPerson } from '../../language/perspective.ts'
import type { Answer, Scene, Skill } from '../skill.ts'
import { pick } from '../skill.ts'
import { count, sentence } from '../../language/speakable.ts'

const remember =
  /^(?:remember|keep in mind|don't forget|do not forget|memori[sz]e|make sure (?:you|to) remember)(?: that| this| the fact that)?[,:.]? (?!to |me\b|things?\b|(?:that|this|it)$|what\b|when\b|how\b|if\b|who\b)(.+)$/i
const tells =
  /^(?:my|our) (?!day\b|head\b|god\b|back hurts|turn\b|bad\b|week\b|morning\b|weekend\b|life\b)((?:[\w'-]+ ){1,6}?)(?:is|are|is called|are called) (?!there\b|this\b|it\b|what\b)(.+)$/i
const tellsOfSelf =
  /^i (?:live in|live at|was born|am allergic to|am vegetarian|am vegan|work (?:at|as|for|in)|parked|prefer|(?:really )?(?:like|love|hate)|have (?:a|an|\d+) (?!question|problem|look)|am \d+ years old|am from|(?:put|left|keep|hid) (?:my|the))\b/
const asks =
  /^(?:what|who|where|when|which|how|do you (?:remember|know|recall)|tell me|can you remember|remind me what|did i (?:tell|say|mention)|am i|do i|is my|are my|have i|does my)\b/
const own = /\b(?:i|my|me|our|we|mine)\b/
const askAll =
  /^(?:what|tell me what|list what|do you) (?:do |else do |did |have |can |all do )?(?:you |i |everything you )?(?:ask you to |tell you to |told you to |asked you to )?(?:remember(?:ed)?|know|have remembered)(?: about me| for me| so far| about us)?$|^what (?:do|did) you (?:know|learn|remember) about me$|^what (?:have i|did i) (?:told|tell|ask|asked) you(?: to remember)?(?: so far| about me| about myself)?$/
const forget =
  /^(?:forget|delete|erase)(?: about)? (that|it|everything|all (?:of )?(?:that|it)|everything (?:you know|about me|i told you)|my .+|that .+|the (?:fact|thing) .+|what i (?:just )?(?:said|told you))$/

export const memory: Skill = {
  name: 'memory',
  kind: 'machine',
  examples: ['what do you remember', 'what do you know about me', 'forget that'],
  answer({ text, plain, raw }, scene) {
    return (
      sayAll(text, scene) ?? forgetOf(text, scene) ?? sayRecalled(text, raw, scene) ?? keep(plain, text, raw, scene)
    )
  },
}

function keep(plain: string, text: string, raw: string, scene: Scene): Answer | null {
  const told = remember.exec(plain)?.[1]
  if (told !== undefined) {
    const say = pick(scene.random, [
      "Okay, I'll remember that ",
      "Got it. I'll remember that ",
      'I will remember that ',
    ])
    return {
      say: sentence(say + secondPerson(lowerFirst(told))),
      notebook: withFact(scene.notebook, told, scene.nowMs),
    }
  }
  if (raw.trim().endsWith('?') || statementIn(plain) === null) return null
  if (tells.test(plain)) {
    const back = sentence(secondPerson(plain))
    return {
      say: `${pick(scene.random, ['Got it.', 'Okay.', 'Noted.'])} ${back}`,
      notebook: withFact(scene.notebook, plain, scene.nowMs),
    }
  }
  if (!tellsOfSelf.test(text)) return null
  const say = pick(scene.random, [
    "Okay, I'll keep that in mind.",
    "Good to know. I'll keep that in mind.",
    "Thanks for telling me. I'll remember that.",
  ])
  return { say, notebook: withFact(scene.notebook, plain, scene.nowMs) }
}

/** A new value of the same thing takes the old one's place: `my favourite colour is green` after `… is blue`. */
function withFact(notebook: Notebook, told: string, atMs: number): Notebook {
  const subject = subjectOf(told)
  const facts = subject === null ? notebook.facts : notebook.facts.filter((fact) => subjectOf(fact.text) !== subject)
  return addFact({ ...notebook, facts }, told, atMs)
}

function subjectOf(told: string): string | null {
  const match =
    /^((?:my|our|the|i) .+?) (?:is|are|was|live|am)\b/i.exec(told) ?? /^(i (?:live|work|parked))\b/i.exec(told)
  return match?.[1] === undefined ? null : keywords(match[1]).join(' ')
}

function sayRecalled(text: string, raw: string, scene: Scene): Answer | null {
  if (!asks.test(text) && !raw.trim().endsWith('?')) return null
  const bare = text.replace(/^(?:do you (?:still )?(?:remember|know|recall)|can you remember|tell me|remind me) /, '')
  const told = recall(bare, scene.memos, scene.notebook.facts)
  // A question about the world is not answered with what somebody once said, unless it covers it wholly.
  if (told === null || (!own.test(text) && !/^(?:what|where|when|who|which)\b/.test(bare))) return null
  const back = sentence(secondPerson(told))
  return { say: pick(scene.random, [back, back, `You told me: ${back}`]) }
}

function sayAll(text: string, scene: Scene): Answer | null {
  if (!askAll.test(text)) return null
  const facts = scene.notebook.facts.slice(-6)
  if (facts.length === 0) return { say: "You haven't asked me to remember anything yet." }
  const head =
    scene.notebook.facts.length > facts.length
      ? `I remember ${count(scene.notebook.facts.length, 'thing')}. The latest: `
      : 'I remember this: '
  return { say: head + facts.map((fact) => sentence(secondPerson(lowerFirst(fact.text)))).join(' ') }
}

function forgetOf(text: string, scene: Scene): Answer | null {
  const what = forget.exec(text)?.[1]
  const { notebook } = scene
  if (what === undefined || /\b(?:note|list|timer|reminder|alarm)s?\b/.test(text)) return null
  if (notebook.facts.length === 0) return { say: "I've got nothing to forget." }
  if (/^(?:everything|all)/.test(what))
    return { say: "Okay, I've forgotten everything you told me to remember.", notebook: { ...notebook, facts: [] } }
  const last = /^(?:that|it|what i.*)$/.test(what)
  const told = last ? notebook.facts.at(-1)?.text : recall(`my ${what}`, [], notebook.facts)
  if (told === undefined || told === null) return { say: "I don't remember anything like that." }
  const facts = notebook.facts.filter((fact) => fact.text !== told)
  return { say: "Okay, I've forgotten that.", notebook: { ...notebook, facts } }
}
