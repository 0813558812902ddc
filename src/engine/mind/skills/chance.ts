// Coins, dice, numbers and choices. Chance comes from the scene.
import type { Heard } from '../../language/heard.ts'
import type { Answer, Scene, Skill } from '../skill.ts'
import { pick } from '../skill.ts'
import { capitalised, sayAll } from '../../language/speakable.ts'

const coin = /^(?:flip|toss|throw) (?:a|the|me a) coin(?: for me)?$|^heads or tails$|^coin (?:flip|toss)$/
const dice =
  /^(?:roll|throw|cast) (?:me )?(?:a |an |the |some )?(\d{1,2} )?(?:(\d{1,3})[- ]sided )?(?:dice|die|dices)(?: for me)?$|^(?:roll|throw) (?:a )?(\d{0,2})d ?(\d{1,3})$/
const number =
  /^(?:pick|choose|give me|say|generate|think of|tell me)(?: me)? (?:a |any )?(?:random )?number(?: (?:between|from) (-?\d{1,9}) (?:and|to) (-?\d{1,9})| (?:up|1) to (\d{1,9}))?$|^random number(?: (?:between|from) (-?\d{1,9}) (?:and|to) (-?\d{1,9}))?$/
const choose =
  /^(?:pick|choose|decide)(?: (?:one|1))?(?: between|:| from)? (.+)$|^(?:should i (?:have|eat|take|drink|choose|pick|get|go for)) (.+ or .+)$/

export const chance: Skill = {
  name: 'chance',
  kind: 'machine',
  examples: ['flip a coin', 'roll a die', 'roll a dice', 'roll 2 dice', 'pick a number between # and #'],
  answer(heard, scene) {
    const answer = draw(heard, scene)
    return answer === null ? null : { ...answer, topic: { about: 'chance', command: heard.text } }
  },
}

function draw({ text }: Heard, { random }: Scene): Answer | null {
  const between = (from: number, to: number): number =>
    from + Math.min(to - from, Math.floor(random() * (to - from + 1)))
  if (coin.test(text)) return { say: random() < 0.5 ? 'Heads.' : 'Tails.' }
  const rolled = dice.exec(text)
  if (rolled !== null) {
    const amount = Math.min(10, Math.max(1, Number(rolled[1] ?? (rolled[3] || 1))))
    const sides = Math.max(2, Number(rolled[2] ?? rolled[4] ?? 6))
    const thrown = Array.from({ length: amount }, () => between(1, sides))
    if (amount === 1) return { say: `It's ${thrown[0] ?? 1}.` }
    return { say: `${sayAll(thrown.map(String))}. That makes ${thrown.reduce((sum, value) => sum + value, 0)}.` }
  }
  const ranged = number.exec(text)
  if (ranged !== null) {
    const ends = [Number(ranged[1] ?? ranged[4] ?? 1), Number(ranged[2] ?? ranged[5] ?? ranged[3] ?? 10)]
    return {
      say: pick(random, ['How about ', "Let's say ", 'I pick ']) + `${between(Math.min(...ends), Math.max(...ends))}.`,
    }
  }
  const options = choose.exec(text)
  const things = (options?.[1] ?? options?.[2] ?? '')
    .split(/ or | and |, /)
    .map((thing) => thing.trim())
    .filter((thing) => thing !== '')
  if (things.length < 2) return null
  return { say: `${capitalised(things[between(0, things.length - 1)] ?? '')}.` }
}
