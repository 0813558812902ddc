// The window's figures at growing sizes, beside what the window cost before it drew only what is near the screen, and what they
// come to beside their limits.
import { printTable } from '../statistics.ts'
import { before, beforeAt } from './before.ts'
import { measureWindow, type WindowFigures } from './measure.ts'
import { openChromium, openElectron, type Theatre, type WindowSize } from './stages.ts'

const sizes: readonly WindowSize[] = [
  { turns: 200, conversations: 100 },
  { turns: 1_000, conversations: 100 },
  { turns: 5_000, conversations: 100 },
  { turns: 20_000, conversations: 100 },
  { turns: 200, conversations: 1_000 },
  { turns: 200, conversations: 5_000 },
]

const columns: readonly (readonly [name: keyof WindowFigures, words: string, unit: string, digits: number])[] = [
  ['openingMs', 'opening', 'ms', 0],
  ['noticeMs', 'a notice, main thread', 'ms', 2],
  ['answerMs', 'a typed answer, key to screen', 'ms', 0],
  ['captionLagP95Ms', 'caption lag p95, 400 words', 'ms', 0],
  ['busyPercent', 'main thread busy while speaking', '%', 0],
  ['heapMiB', 'memory of the page', 'MiB', 1],
]

/** Once in the browser and once as the desktop app shows it. */
export async function run(): Promise<void> {
  for (const open of [openChromium, openElectron]) {
    const theatre = await open()
    try {
      await measureIn(theatre)
    } finally {
      await theatre.close()
    }
  }
}

async function measureIn(theatre: Theatre): Promise<void> {
  console.log(`\n=== ${theatre.name} ===`)
  const measured: (WindowSize & WindowFigures)[] = []
  for (const size of sizes) {
    const stage = await theatre.stage(size)
    try {
      measured.push({ ...size, ...(await measureWindow(stage)) })
    } finally {
      await stage.close()
    }
    const figures = measured.at(-1)!
    const earlier = before.find(
      ({ turns, conversations }) => turns === size.turns && conversations === size.conversations,
    )
    console.log(
      `\n${size.turns} turns, ${size.conversations} conversations (in brackets: before, ${beforeAt}, Chromium):`,
    )
    printTable(
      columns.map(([name, words, unit, digits]) => {
        const was = earlier === undefined ? '–' : earlier[name].toFixed(digits)
        return [words, `${figures[name].toFixed(digits)} ${unit} [${was} ${unit}]`, '']
      }),
    )
  }
  printLimits(measured)
}

function printLimits(measured: readonly (WindowSize & WindowFigures)[]): void {
  const [least] = measured
  const most = measured.find(({ turns }) => turns === 20_000)
  if (!least || !most) return
  const ratio = (name: keyof WindowFigures): string => `× ${(most[name] / least[name]).toFixed(2)}`
  const worst = (name: keyof WindowFigures, digits = 0): string =>
    Math.max(...measured.map((figures) => figures[name])).toFixed(digits)
  console.log('\n20,000 turns beside 200, and the worst of all sizes:')
  printTable([
    ['a notice', ratio('noticeMs'), '≤ 1.3'],
    ['a typed answer', ratio('answerMs'), '≤ 1.3'],
    ['memory of the page', ratio('heapMiB'), '≤ 1.5'],
    ['caption lag p95', `${worst('captionLagP95Ms')} ms`, '≤ 100 ms'],
    ['opening', `${worst('openingMs')} ms`, '≤ 500 ms'],
    ['main thread busy while speaking', `${worst('busyPercent')} %`, '≤ 40 %'],
  ])
}
