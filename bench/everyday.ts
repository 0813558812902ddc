// What somebody without a key hears: everyday questions in three languages, misheard ones and follow-ups among them, each
// with its answer, the seconds it took and the verdict.
import { countOf, holdEveryday, isAsMeant } from '../test/support/everyday-held.ts'

export async function run(): Promise<void> {
  const rows = await holdEveryday()
  const told = rows.map((row) => ({
    question: row.line[0],
    seconds: (row.tookMs / 1_000).toFixed(3),
    verdict: isAsMeant(row) ? row.line[1] : `not ${row.line[1]} as meant`,
    answer: row.answer,
  }))
  const width = Math.max(...told.map(({ question }) => question.length))
  for (const { question, seconds, verdict, answer } of [
    { question: 'question', seconds: 'secs ', verdict: 'verdict', answer: 'answer' },
    ...told,
  ])
    console.log(`${question.padEnd(width)}  ${seconds}  ${verdict.padEnd(11)}  ${answer}`)
  console.log(`\n${countOf(rows)}`)
}
