// Chooses who answers: the question asked before, one skill, two skills for "… and …", or a rescued command.
// Pure; the tools and the local model come between these steps in mind.ts.
import { understand } from '../language/heard.ts'
import type { Heard } from '../language/heard.ts'
import { askFrom, rescue, takeFrom } from './rescue.ts'
import type { Answer, Scene, Skill } from './skill.ts'
import { languageOf } from '../language/language.ts'
import { declineLanguage, isOutOfReach, limits } from './skills/limits.ts'
import { skills } from './skills/all.ts'
import { followTopic } from './topics.ts'

/** An answer and whose it is; tests and the log name skills, never words. */
export interface Chosen extends Answer {
  skill: string
}

type Kind = Skill['kind']

const yes =
  /^(?:yes|yeah|yep|yup|sure|correct|right|exactly|that is right|that is it|i did|i do|yes please|please do|do it|go ahead|okay|ok|of course)\b/
const no = /^(?:no|nope|nah|never ?mind|not that|i did not|i do not|wrong|cancel|stop)\b/
const command =
  /^(?:set|add|put|remind me|start|cancel|what|how|who|where|when|take a note|make a|remember|clear|delete|flip|roll|convert|read|spell|undo|tell me)\b/
const meant = /Did you mean: (.+)\?$/

/** The reply to a question the voice asked last, read as the whole command it completes. */
export function answerFollowUp(heard: Heard, scene: Scene): Chosen | null {
  const question = lastSaid(scene)
  if (question === null) return null
  const proposed = meant.exec(question)?.[1]
  if (proposed !== undefined && yes.test(heard.text)) return answerBy(understand(proposed), scene, ['machine', 'talk'])
  if (proposed !== undefined && no.test(heard.text)) return { skill: 'rescue', say: 'Okay. What would you like?' }
  if (/^(?:never ?mind|cancel|forget it|stop|nothing|no)$/.test(heard.text))
    return question.endsWith('?') ? { skill: 'small-talk', say: 'Okay.' } : null
  // Whoever gives a whole command instead of a reply means the command.
  if (command.test(heard.text) && answerBy(heard, scene, ['machine']) !== null) return null
  for (const { followUps = [] } of skills) {
    for (const { asked, complete } of followUps) {
      const match = asked.exec(question)
      const whole = match === null ? null : complete(heard, match)
      const answer = whole === null ? null : answerBy(understand(whole), scene, ['machine', 'talk'])
      if (answer !== null) return answer
    }
  }
  return null
}

/** What a few more words make of the last answer. */
export function answerTopic(heard: Heard, scene: Scene): Chosen | null {
  const turned = followTopic(heard, scene)
  if (turned === null) return null
  if ('say' in turned) return { skill: 'topics', ...turned }
  const answer = answerBy(understand(turned.command), turned.scene, ['machine', 'talk'])
  if (answer === null || answer.say.endsWith('?')) return null
  return answer.topic === undefined && scene.topic !== null ? { ...answer, topic: scene.topic } : answer
}

/** For what is typed in another language; null for English. */
export function answerForeign(heard: Heard): Chosen | null {
  const language = languageOf(heard.raw)
  return language === 'en' ? null : { skill: limits.name, ...declineLanguage(language) }
}

function lastSaid(scene: Scene): string | null {
  const last = scene.memos.findLast((memo) => memo.type !== 'message' || memo.role !== 'system')
  return last?.type === 'message' && last.role === 'assistant' ? last.text.trim() : null
}

/** What a skill of these kinds says to the words as they are, without guessing. */
export function answerExactly(heard: Heard, scene: Scene, kinds: readonly Kind[]): Chosen | null {
  return answerBoth(heard, scene) ?? answerBy(heard, scene, kinds) ?? answerSentences(heard, scene, kinds)
}

function answerBy(heard: Heard, scene: Scene, kinds: readonly Kind[]): Chosen | null {
  for (const skill of skills) {
    if (!kinds.includes(skill.kind)) continue
    const answer = skill.answer(heard, scene)
    if (answer !== null) return { ...answer, skill: skill.name }
  }
  return null
}

const secondCommand =
  /,? (?:and(?: then| also)?|then|also) (?=(?:please )?(?:set|add|put|remind|start|tell|what|how|take|make|write|note|remember|cancel|clear|flip|roll|convert|read|spell|when)\b)/gi

/** "Set a timer for 5 minutes and add milk to my list": only when each half is a whole command by itself. */
function answerBoth(heard: Heard, scene: Scene): Chosen | null {
  for (const match of heard.plain.matchAll(secondCommand)) {
    const [first, second] = [heard.plain.slice(0, match.index), heard.plain.slice(match.index + match[0].length)]
    const one = answerBy(understand(first), scene, ['machine'])
    if (one === null || one.say.endsWith('?')) continue
    const other = answerBy(understand(second), { ...scene, notebook: one.notebook ?? scene.notebook }, ['machine'])
    if (other !== null && !other.say.endsWith('?')) return joined(one, other)
  }
  return null
}

/** Several sentences of which at least one is a command; chat around it is let pass. */
function answerSentences(heard: Heard, scene: Scene, kinds: readonly Kind[]): Chosen | null {
  const parts = heard.raw
    .split(/(?<=[.!?])\s+/)
    .filter((part) => understand(part).text !== '')
    .slice(0, 6)
  if (parts.length < 2) return null
  let all: Chosen | null = null
  for (const part of parts) {
    const answer = answerBy(understand(part), { ...scene, notebook: all?.notebook ?? scene.notebook }, ['machine'])
    if (answer !== null) all = all === null ? answer : joined(all, answer)
  }
  const last = parts.at(-1)
  return all ?? (last !== undefined && kinds.includes('talk') ? answerBy(understand(last), scene, ['talk']) : null)
}

function joined(one: Chosen, other: Chosen): Chosen {
  const notebook = other.notebook ?? one.notebook
  return { ...other, say: `${one.say} ${other.say}`, ...(notebook === undefined ? {} : { notebook }) }
}

/** What is asked of oneself differs in one word that matters: my sister's name is not my name. */
const ofOneself = /\b(?:my|i|me)\b/
const ofOneselfFrom = 0.8
/** What takes away is never done on a guess. */
const takesAway = /^(?:cancel|clear|delete|forget|undo|take that|stop)/

/** The command that was probably meant, done when it is near enough and asked about when it is not. */
export function answerRescued(heard: Heard, scene: Scene): Chosen | null {
  const found = isOutOfReach(heard.text) ? null : rescue(heard.text, skills)
  if (found === null || found.likeness < (ofOneself.test(heard.text) ? ofOneselfFrom : askFrom)) return null
  const answer = answerBy(understand(found.command), scene, ['machine', 'talk'])
  if (answer === null) return null
  if (found.likeness >= takeFrom && !takesAway.test(found.command)) return answer
  // Small talk that is almost understood is not worth a question.
  if (skills.some((skill) => skill.name === answer.skill && skill.kind === 'talk')) return null
  return { skill: 'rescue', say: `Sorry, I'm not sure I heard that right. Did you mean: ${found.command}?` }
}

/** For what nobody else answers. */
export function answerAtLast(heard: Heard, scene: Scene): Chosen {
  return { skill: limits.name, ...(limits.answer(heard, scene) ?? { say: "Sorry, I didn't get that." }) }
}
