// Sums and percentages. Words become an expression of digits, operators and brackets only; mathjs works it out.
import { math } from '../math.ts'
import type { Scene, Skill } from '../skill.ts'
import { isRounded, sayNumber } from '../../language/speakable.ts'

const maxChars = 160

const n = '(-?\\d+(?:\\.\\d+)?)'
const ask =
  /^(?:and )?(?:what is|what are|what does|what would|how much is|how much are|how much does|how many is|what|calculate|compute|work out|solve|evaluate|figure out|find|give me|tell me|say|so|is)? ?(?:the (?:answer|result) (?:to|of) |the value of |the )?/

const operators: readonly (readonly [RegExp, string])[] = [
  [/\b(?:multiplied by|multiply by|multiplied with|times by|times|time|tines|dimes|multiplied)\b/g, '*'],
  [/(\d) ?x ?(?=\d)/g, '$1*'],
  [/\b(?:divided by|divide by|divided|over|divide it by)\b/g, '/'],
  [/\b(?:plus|added to|add|plus is)\b/g, '+'],
  [/\b(?:minus|take away|less|subtract|takeaway)\b/g, '-'],
  [/\bto the power (?:of )?|\braised to (?:the )?(?:power of )?/g, '^'],
  [/\bsquared\b/g, '^2'],
  [/\bcubed\b/g, '^3'],
  [/\bmod(?:ulo)?\b/g, '%'],
  [/\bnegative (?=\d)/g, '-'],
  [/\bpoint (?=\d)/g, '0.'],
]

/** `25 times 17` → `25*17`; null unless nothing but a sum is left. Homophones count between operators only. */
export function expressionOf(text: string): string | null {
  let sum = ` ${text} `
    .replace(/\b(?:to|too|two)(?= (?:plus|minus|times|divided|multiplied))/g, '2')
    .replace(/\b(?:for|fore)(?= (?:plus|minus|times|divided|multiplied))/g, '4')
    .replace(/\b(plus|minus|times|by) (?:to|too)\b/g, '$1 2')
    .replace(/\b(plus|minus|times|by) (?:for|fore)\b/g, '$1 4')
    .replace(/\b(plus|minus|times|by) ate\b/g, '$1 8')
    .replace(/\b(plus|minus|times|by) won\b/g, '$1 1')
    .replace(new RegExp(`\\bsquare root of ${n}`, 'g'), 'sqrt($1)')
    .replace(new RegExp(`\\bcube root of ${n}`, 'g'), 'cbrt($1)')
    .replace(new RegExp(`\\b${n} factorial\\b`, 'g'), 'factorial($1)')
    .replace(new RegExp(`${n} percent of`, 'g'), '$1/100*')
    .replace(/\bhalf (?:of )?(?=\d)/g, '1/2*')
    .replace(/\b(?:a |1 )?third of\b|\b(?:a |1 )?3rd of\b/g, '1/3*')
    .replace(/\b(?:a |1 )?quarter of\b/g, '1/4*')
    .replace(/\b(\d+) (?:thirds|3rds) of\b/g, '$1/3*')
    .replace(/\b(\d+) quarters of\b/g, '$1/4*')
    .replace(/\b(?:a |1 )?(\d+)th of\b/g, '1/$1*')
    .replace(/\b(?:double|twice) (?=\d)/g, '2*')
    .replace(/\btriple (?=\d)/g, '3*')
    .replace(/\bpi\b/g, '3.141592653589793')
    .replace(/\b(?:a )?dozen\b/g, '12')
    .replace(/[£$€]/g, '')
  for (const [pattern, sign] of operators) sum = sum.replace(pattern, sign)
  if (/\d (?:equals?|makes?|is|the) \d/.test(sum)) return null
  sum = sum.replace(/\b(?:equals?|makes?|is|all together|altogether|in total|the)\b|=/g, '').replace(/\s+/g, '')
  const bare = sum.replace(/sqrt\(|cbrt\(|factorial\(/g, '(')
  return sum.length <= maxChars && /^[-+*/^%().\d]+$/.test(bare) && /\d/.test(bare) ? sum : null
}

/** Null when it is no sum, has no finite result, or a nesting mathjs refuses. */
export function calculate(expression: string): number | null {
  try {
    const value: unknown = math().evaluate(expression)
    return typeof value === 'number' && Number.isFinite(value) ? value : null
  } catch {
    return null
  }
}

export const arithmetic: Skill = {
  name: 'arithmetic',
  kind: 'machine',
  // One wrong word makes another sum of it, so none is guessed.
  examples: [],
  answer({ text }, scene) {
    const asked = text.replace(ask, '').trim()
    const say = sayPercent(asked) ?? sayGroup(asked) ?? sayPrime(text) ?? saySum(asked) ?? sayFurther(asked, scene)
    // “Three fifty” comes as two numbers, of which a correction would change one.
    const command = sayGroup(asked) === null ? asked.replace(/(?<=\d) (?=\d)/g, '') : asked
    return say === null ? null : { say, topic: { about: 'sum', command } }
  },
}

function saySum(text: string): string | null {
  const turned = text
    .replace(new RegExp(`^(?:subtract|take) ${n} (?:away )?from ${n}$`), '$2 minus $1')
    .replace(new RegExp(`^(?:add|sum) ${n} (?:and|to|with) ${n}$`), '$1 plus $2')
    .replace(new RegExp(`^multiply ${n} (?:by|and|with|times) ${n}$`), '$1 times $2')
    .replace(new RegExp(`^divide ${n} (?:by|into) ${n}$`), '$1 divided by $2')
    .replace(new RegExp(`^product of ${n} and ${n}$`), '$1 times $2')
    .replace(new RegExp(`^square of ${n}$`), '$1 squared')
    .replace(new RegExp(`^difference between ${n} and ${n}$`), '$1 minus $2')
  const expression = expressionOf(turned)
  if (expression === null || /^[-+]?[\d.]+$/.test(expression)) return null
  if (/\/0+(?:\.0*)?(?!\.?\d)/.test(expression)) return "You can't divide by zero."
  const value = calculate(expression)
  return value === null ? null : sayResult(value)
}

function sayResult(value: number): string {
  return isRounded(value) ? `That's about ${sayNumber(value)}.` : `That's ${sayNumber(value)}.`
}

function sayPercent(text: string): string | null {
  const numbers = (pattern: string): [number, number] | null => {
    const match = new RegExp(`^${pattern}$`).exec(text)
    return match === null ? null : [Number(match[1]), Number(match[2])]
  }
  const share = numbers(`(?:what )?percent (?:of )?${n} is ${n}`)
  if (share !== null && share[0] !== 0) return `${sayResult((share[1] / share[0]) * 100).slice(0, -1)} percent.`
  const part =
    numbers(`${n} as (?:a )?percent of ${n}`) ??
    numbers(`${n} is what percent of ${n}`) ??
    numbers(`percent is ${n} of ${n}`)
  if (part !== null && part[1] !== 0) return `${sayResult((part[0] / part[1]) * 100).slice(0, -1)} percent.`
  const off = numbers(`${n} percent (?:off|discount on|less than)(?: of)? [£$€]?${n}`)
  if (off !== null) return sayResult(off[1] * (1 - off[0] / 100))
  const tip = numbers(`(?:a )?${n} percent tip (?:on|for|of) (?:a )?[£$€]?${n}(?: .*)?`)
  if (tip !== null)
    return `${sayResult((tip[1] * tip[0]) / 100).slice(0, -1)}, so ${sayNumber(tip[1] * (1 + tip[0] / 100))} in all.`
  const more = numbers(`(?:increase )?${n} (?:increased |plus )?(?:by )?${n} percent`)
  if (more !== null) return sayResult(more[0] * (1 + more[1] / 100))
  const less = numbers(`(?:decrease |reduce )?${n} (?:decreased |reduced |minus )?(?:by )?${n} percent`)
  return less === null ? null : sayResult(less[0] * (1 - less[1] / 100))
}

function sayGroup(text: string): string | null {
  const match =
    /^(?:sum|average|mean|total|maximum|minimum|largest|smallest|biggest|product) (?:of )?((?:-?\d+(?:\.\d+)?(?: and | )?){2,40})$/.exec(
      text,
    )
  if (match?.[1] === undefined) return null
  const values = (match[1].match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)
  const total = values.reduce((sum, value) => sum + value, 0)
  if (/^product/.test(text)) return sayResult(values.reduce((product, value) => product * value, 1))
  if (/^(?:average|mean)/.test(text)) return sayResult(total / values.length)
  if (/^(?:maximum|largest|biggest)/.test(text)) return sayResult(Math.max(...values))
  if (/^(?:minimum|smallest)/.test(text)) return sayResult(Math.min(...values))
  return sayResult(total)
}

function sayPrime(text: string): string | null {
  const match = /^is (\d{1,12}) (?:a )?(prime|even|odd)(?: number)?$/.exec(text)
  if (match === null) return null
  const value = Number(match[1])
  const kind = match[2] ?? ''
  const yes = kind === 'prime' ? isPrime(value) : (value % 2 === 0) === (kind === 'even')
  const name = kind === 'prime' ? 'a prime number' : kind
  return yes ? `Yes, ${value} is ${name}.` : `No, ${value} is not ${name}.`
}

function isPrime(value: number): boolean {
  if (value < 2) return false
  for (let divisor = 2; divisor * divisor <= value; divisor += 1) if (value % divisor === 0) return false
  return true
}

/** `times 3`, `and divide that by 2`: goes on from the number said last. */
function sayFurther(text: string, scene: Scene): string | null {
  const last = scene.memos.findLast((memo) => memo.type === 'message' && memo.role === 'assistant')
  if (last?.type !== 'message') return null
  const said = /^That's (?:about )?(-?[\d,]+(?:\.\d+)?)/.exec(last.text)?.[1]?.replaceAll(',', '')
  if (said === undefined) return null
  const further = text
    .replace(/^(?:and |now |then |what about |how about )+/, '')
    .replace(/^(multiply|times|divide) (?:that|it|this) by /, (_all, verb: string) =>
      verb === 'divide' ? 'divided by ' : 'times ',
    )
    .replace(/^(?:half of|halve) (?:that|it)$/, 'divided by 2')
    .replace(/^double (?:that|it)$/, 'times 2')
    .replace(/^(\S+) percent of (?:that|it)$/, 'times $1 divided by 100')
    .replace(/^(?:add) (\d+(?:\.\d+)?)(?: to (?:that|it))?$/, 'plus $1')
    .replace(/^(?:subtract|take away|take) (\d+(?:\.\d+)?)(?: from (?:that|it))?$/, 'minus $1')
    .replace(/^(?:that|it|this) /, '')
  if (!/^(?:plus|minus|times|divided by|multiplied by|squared|to the power)\b/.test(further)) return null
  return sayPercent(`${said} ${further}`) ?? saySum(`${said} ${further}`)
}
