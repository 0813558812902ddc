// The voice's echo in computed rooms, through the very cleaner of the sound process: what is left of it, and what comes through
// of the person. Beside it the same without cancellation.
import { farSpeech, nearSpeech, runCell } from '../../test/support/echo-table.ts'
import { understoodOverVoice } from './over-voice.ts'
import { percentile, printTable } from '../statistics.ts'

const delaysMs = [40, 80, 120, 250]
const levelsDb = [-6, -12, -20]

export async function run(): Promise<void> {
  const [far, near] = await Promise.all([farSpeech(), nearSpeech()])
  const alone: number[] = []
  const afterTalk: number[] = []
  const kept: number[] = []
  const costs: number[] = []
  console.log('delay    echo     ERLE   after double talk   frames of the person kept')
  for (const echoDb of levelsDb)
    for (const delayMs of delaysMs) {
      const one = runCell(far, null, { delayMs, echoDb })
      const both = runCell(far, near, { delayMs, echoDb })
      alone.push(one.erleDb)
      afterTalk.push(both.erleDb)
      costs.push(one.microseconds, both.microseconds)
      if (echoDb === -12) kept.push(both.kept ?? 0)
      const figures = [`${one.erleDb.toFixed(1)} dB`, `${both.erleDb.toFixed(1)} dB`, percent(both.kept ?? 0)]
      const [loss, after, share] = figures.map((figure) => figure.padStart(8))
      console.log(
        `${String(delayMs).padStart(3)} ms  ${String(echoDb).padStart(3)} dB ${loss ?? ''} ${after ?? ''}  ${share ?? ''}`,
      )
    }
  const without = runCell(far, null, { delayMs: 80, echoDb: -12 }, { echo: 'off', noise: false })
  const all = [...alone, ...afterTalk]
  const over = await understoodOverVoice(delaysMs.map((delayMs) => ({ delayMs, echoDb: -12 })))
  console.log('')
  printTable([
    ['ERLE after 2 s, least of all', `${Math.min(...all).toFixed(1)} dB`, '≥ 20 dB'],
    ['ERLE after 2 s, median', `${percentile(all, 0.5).toFixed(1)} dB`, '≥ 30 dB'],
    ['frames of the person kept at −12 dB, median', percent(percentile(kept, 0.5)), '≥ 80 %'],
    ['frames of the person kept at −12 dB, least', percent(Math.min(...kept)), ''],
    ['… where the voice gives way to them, median of the sentences', percent(percentile(over.kept, 0.5)), ''],
    [`of ${over.words} words said over the voice at −12 dB understood`, percent(over.givingWay), '≥ 85 %'],
    ['… where the voice would not give way', percent(over.cleaned), ''],
    ['… nor be cancelled', percent(over.captured), ''],
    ['… without the voice', percent(over.alone), ''],
    ['the voice lowered after the first sound of them', `p50 ${percentile(over.loweredMs, 0.5)} ms`, ''],
    ['… silent', `p50 ${percentile(over.silencedMs, 0.5)} ms`, ''],
    ['… ended', `${over.ended} of ${over.sentences}`, ''],
    ['ERLE without cancellation', `${without.erleDb.toFixed(1)} dB`, '0 dB'],
    ['work for 10 ms of sound, median', `${percentile(costs, 0.5).toFixed(0)} µs`, ''],
  ])
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
