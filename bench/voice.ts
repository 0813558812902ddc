// Forty questions in two voices through the whole line, and twenty sentences with a pause of 1.2 s in their middle, the
// latter in pairs: the engine's own judgement of a turn's end against a fixed silence of 500 ms.
import { say, silence, joinAudio, trimmed, type TestVoice } from '../test/support/say.ts'
import { wordErrors } from '../test/support/word-errors.ts'
import { spellNumbers } from './spell-numbers.ts'
import { openLine, type BenchLine } from './line.ts'
import { brokenSentences, firstVoice, secondVoice, type Question } from './questions.ts'
import { percentile, printTable } from './statistics.ts'

const pauseMs = 1_200

interface Tally {
  asked: number
  asMeant: number
  errors: number
  words: number
  delaysMs: number[]
}

export async function run(): Promise<void> {
  const tally: Tally = { asked: 0, asMeant: 0, errors: 0, words: 0, delaysMs: [] }
  for (const [voice, questions] of [
    ['festival-kal', firstVoice],
    ['festival-slt', secondVoice],
  ] as const) {
    const line = await openLine('semantic')
    for (const question of questions) await askOne(line, voice, question, tally)
    await line.close()
  }
  const kept = { semantic: await countKept('semantic'), server: await countKept('server') }
  const recognised = (1 - tally.errors / tally.words) * 100
  console.log('')
  printTable([
    ['words recognised', `${recognised.toFixed(1)} % of ${tally.words}`, '≥ 92 %'],
    ['answered as meant', `${tally.asMeant} of ${tally.asked}`, '≥ 35 of 40'],
    ['end of speech to first answered sound, median', `${percentile(tally.delaysMs, 0.5).toFixed(0)} ms`, '≤ 550 ms'],
    ['end of speech to first answered sound, p90', `${percentile(tally.delaysMs, 0.9).toFixed(0)} ms`, '≤ 900 ms'],
    ['sentences with a 1.2 s pause kept as one turn', `${kept.semantic} of ${brokenSentences.length}`, '≥ 14 of 20'],
    ['the same with a fixed 500 ms rule', `${kept.server} of ${brokenSentences.length}`, ''],
  ])
}

async function askOne(line: BenchLine, voice: TestVoice, question: Question, tally: Tally): Promise<void> {
  const asked = await line.ask(await say(question.text, { voice }))
  const heard = asked.heard.join(' ')
  const { errors, words } = wordErrors(spellNumbers(question.text), spellNumbers(heard))
  const asMeant = question.answer.test(asked.answer)
  tally.asked++
  tally.asMeant += asMeant ? 1 : 0
  tally.errors += errors
  tally.words += words
  if (asked.delayMs !== null) tally.delaysMs.push(asked.delayMs)
  const delay = asked.delayMs === null ? 'no sound' : `${asked.delayMs.toFixed(0)} ms`
  console.log(`${asMeant ? '✓' : '✗'} ${delay.padStart(8)}  “${heard}” → “${asked.answer}”`)
}

async function countKept(mode: 'semantic' | 'server'): Promise<number> {
  const line = await openLine(mode)
  let kept = 0
  for (const [at, sentence] of brokenSentences.entries()) {
    const voice = at % 2 === 0 ? 'festival-kal' : 'festival-slt'
    const [first = '', second = ''] = sentence.split(' ‖ ')
    const parts = [trimmed(await say(first, { voice })), silence(pauseMs), trimmed(await say(second, { voice }))]
    const { heard } = await line.ask(joinAudio(...parts))
    if (heard.length === 1) kept++
    console.log(
      `${mode.padEnd(8)} ${heard.length === 1 ? 'one turn ' : `${heard.length} turns  `} “${heard.join(' ‖ ')}”`,
    )
  }
  await line.close()
  return kept
}
