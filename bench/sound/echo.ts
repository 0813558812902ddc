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
  const over: number[] = []
  const kept: number[] = []
  const keptGivingWay: number[] = []
  const keptWithNoise: number[] = []
  const costs: number[] = []
  console.log('delay    echo     ERLE   after double talk   frames of the person kept')
  for (const echoDb of levelsDb)
    for (const delayMs of delaysMs) {
      const one = runCell(far, null, { delayMs, echoDb })
      const both = runCell(far, near, { delayMs, echoDb })
      alone.push(one.erleDb)
      over.push(both.erleDb)
      costs.push(one.microseconds, both.microseconds)
      if (echoDb === -12) {
        kept.push(both.kept ?? 0)
        keptGivingWay.push(runCell(far, near, { delayMs, echoDb }, undefined, true).kept ?? 0)
        keptWithNoise.push(runCell(far, near, { delayMs, echoDb }, { echo: 'on', noise: false }).kept ?? 0)
      }
      const figures = [`${one.erleDb.toFixed(1)} dB`, `${both.erleDb.toFixed(1)} dB`, percent(both.kept ?? 0)]
      const [loss, after, share] = figures.map((figure) => figure.padStart(8))
      console.log(
        `${String(delayMs).padStart(3)} ms  ${String(echoDb).padStart(3)} dB ${loss ?? ''} ${after ?? ''}  ${share ?? ''}`,
      )
    }
  const without = runCell(far, null, { delayMs: 80, echoDb: -12 }, { echo: 'off', noise: false })
  const all = [...alone, ...over]
  const understood = await understoodOverVoice(delaysMs.map((delayMs) => ({ delayMs, echoDb: -12 })))
  console.log('')
  printTable([
    ['ERLE after 2 s, least of all', `${Math.min(...all).toFixed(1)} dB`, '≥ 20 dB'],
    ['ERLE after 2 s, median', `${percentile(all, 0.5).toFixed(1)} dB`, '≥ 30 dB'],
    ['frames of the person kept at −12 dB, median', percent(percentile(kept, 0.5)), '≥ 80 %'],
    ['frames of the person kept at −12 dB, least', percent(Math.min(...kept)), ''],
    ['… where the voice gives way, as Parley does it, median', percent(percentile(keptGivingWay, 0.5)), '≥ 80 %'],
    ['… without the suppression of noise, median', percent(percentile(keptWithNoise, 0.5)), ''],
    [`of ${understood.words} words said over the voice at −12 dB understood`, percent(understood.cleaned), '≥ 85 %'],
    ['… where the voice gives way, as Parley does it', percent(understood.givingWay), '≥ 85 %'],
    ['… without cancellation', percent(understood.captured), ''],
    ['… without the voice', percent(understood.alone), ''],
    ['ERLE without cancellation', `${without.erleDb.toFixed(1)} dB`, '0 dB'],
    ['work for 10 ms of sound, median', `${percentile(costs, 0.5).toFixed(0)} µs`, ''],
  ])
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
