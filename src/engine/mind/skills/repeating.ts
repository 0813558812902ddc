// Says again: what the voice said, what the person said, or what it is told to say.
import { secondPerson } from '../../language/perspective.ts'
import type { Skill } from '../skill.ts'
import { sentence, shortened } from '../../language/speakable.ts'
import { understand } from '../../language/heard.ts'

const again =
  /^(?:(?:say|repeat|tell me) (?:that|it|this)(?: again| once more| 1 more time| one more time)?|repeat(?: please)?|repeat yourself|say again|again|once more|1 more time|what did you (?:just )?say|what was that|pardon(?: me)?|i beg your pardon|(?:i am )?sorry(?: what(?: was that| did you say)?)?|(?:i am )?sorry i did not (?:hear|catch|get|understand) (?:that|you|it)|come again|say what|what|huh|repeat (?:your )?(?:last )?(?:answer|sentence|message)|i did not (?:hear|catch|get|understand) (?:that|you|it)|did not (?:catch|hear|get) that|(?:say|repeat) what you (?:just )?said|what did you just tell me)$/
const mine =
  /^what did i (?:just )?(?:say|ask|ask you|tell you)(?: before| just now| to you)?$|^what was my (?:last )?(?:question|sentence)$|^repeat what i (?:just )?said$/
const after = /^(?:repeat|say)(?: (?:this |these words )?(?:after|with) me)(?: (?:this|the following))?[,:.]? (.+)$/i
const say =
  /^(?:say|repeat)(?: (?:the (?:words?|following|phrase|sentence)|these words|exactly|back|this))?[,:.]? (?!that\b|it\b|again\b|what\b|something\b|anything\b|more\b|hello to\b)(.+)$/i

export const repeating: Skill = {
  name: 'repeating',
  kind: 'machine',
  examples: ['say that again', 'repeat that', 'what did you say', 'what did i say', 'repeat after me'],
  followUps: [
    {
      asked: /^What should I say\?$/,
      complete: (reply) => (/^(?:nothing|never ?mind)/.test(reply.text) ? null : `repeat after me ${reply.plain}`),
    },
  ],
  answer({ text, plain }, scene) {
    if (again.test(text)) {
      const last = scene.memos.findLast((memo) => memo.type === 'message' && memo.role === 'assistant')
      if (last?.type !== 'message' || last.text === '') return { say: "I haven't said anything yet." }
      return { say: last.text.replace(/^(?:I said: )/, '') }
    }
    if (mine.test(text)) {
      const last = scene.memos.findLast(
        (memo) => memo.type === 'message' && memo.role === 'user' && understand(memo.text).text !== '',
      )
      if (last?.type !== 'message') return { say: "You haven't said anything before that." }
      return { say: `You said: ${sentence(shortened(last.text, 300))}` }
    }
    if (/^(?:repeat|say) after me$/.test(text)) return { say: 'What should I say?' }
    const words = (after.exec(plain) ?? say.exec(plain))?.[1]
    if (words === undefined || secondPerson(words) === '') return null
    return { say: sentence(shortened(words.replace(/^["']|["']$/g, ''), 400)) }
  },
}
