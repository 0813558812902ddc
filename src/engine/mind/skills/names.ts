// What the person is called.
import type { Memo } from '../../ports.ts'
import { understand } from '../../language/heard.ts'
import { addFact } from '../../notebook/notebook.ts'
import type { Scene, Skill } from '../skill.ts'
import { pick } from '../skill.ts'

// A first name is one or two capitalised words, as recognition writes them; "I'm Tired" is not seen in practice.
const tells =
  /^(?:[Mm]y name is|[Mm]y name's|(?:[Yy]ou can |[Pp]lease )?[Cc]all me|[Ii] am called|[Ii]'m called|[Mm]y friends call me|[Pp]eople call me) ([\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)?)$/u
const tellsBriefly = /^(?:I am|I'm|This is|It's) (\p{Lu}[\p{Ll}'-]+)$/u
const notNames =
  /^(?:sorry|fine|good|great|okay|ok|tired|hungry|bored|happy|sad|here|back|ready|done|back|cold|hot|monday|tuesday|wednesday|thursday|friday|saturday|sunday|english|american|british|a|an|the|later|when|if|not)$/i
const asks =
  /^(?:what is my (?:first |own )?name|who am i|do you (?:know|remember) (?:my name|who i am|what i am called)|what am i called|what did i say my name (?:is|was)|tell me my name|say my name|what do you call me|what was my name|my name)$/

export const names: Skill = {
  name: 'names',
  kind: 'machine',
  examples: ['what is my name', 'who am i', 'do you know my name'],
  answer({ text, plain }, scene) {
    if (asks.test(text)) {
      const name = knownName(scene)
      return {
        say:
          name === null
            ? "You haven't told me your name yet."
            : pick(scene.random, [`Your name is ${name}.`, `You're ${name}.`, `It's ${name}.`]),
      }
    }
    const name = nameOf(plain)
    if (name === null) return null
    const others = scene.notebook.facts.filter((fact) => nameOf(fact.text) === null)
    const notebook = addFact({ ...scene.notebook, facts: others }, `my name is ${name}`, scene.nowMs)
    return {
      say: pick(scene.random, [
        `Nice to meet you, ${name}.`,
        `Hello, ${name}. Nice to meet you.`,
        `Okay, ${name} it is.`,
      ]),
      notebook,
    }
  },
}

/** What the person is called; null when they never said. */
export function knownName(scene: Pick<Scene, 'memos' | 'notebook'>): string | null {
  return (
    nameIn(scene.memos) ??
    scene.notebook.facts.map((fact) => nameOf(fact.text)).findLast((name) => name !== null) ??
    null
  )
}

function nameOf(words: string): string | null {
  const found = (tells.exec(words) ?? tellsBriefly.exec(words))?.[1]
  if (found === undefined || notNames.test(found)) return null
  return found.charAt(0).toUpperCase() + found.slice(1)
}

/** What the person said last of their name; a summary's "the user's name is" counts. */
function nameIn(memos: readonly Memo[]): string | null {
  for (const memo of memos.slice(-400).toReversed()) {
    if (memo.type !== 'message' || memo.role === 'assistant') continue
    if (memo.role === 'system') {
      const told = /\b(?:(?:user|person|speaker)'s|my) name is (\p{Lu}[\p{L}'-]+)/u.exec(memo.text)?.[1]
      if (told !== undefined) return told
      continue
    }
    const parts = memo.text.split(/(?<=[.!?,])\s+/)
    const told = parts.map((part) => nameOf(understand(part).plain)).find((name) => name !== null)
    if (told !== undefined) return told
  }
  return null
}
