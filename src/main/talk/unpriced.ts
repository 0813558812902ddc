// At a terminal, before anything is spent: a model that nobody knows the price of, although a day has a limit. The person gives
// a price, or says yes; anything else ends the talk with what to do.
import type { Readable } from 'node:stream'
import { printableJson } from '../../core/printable.ts'
import type { Settings } from '../../core/settings.ts'
import { priceFrom, priceHints } from '../../core/spending/price.ts'
import type { Clock } from '../ports.ts'
import { unpricedSentence, type Spending } from '../spending.ts'
import { TalkError } from './talk-error.ts'

export interface UnpricedOpts {
  spending: Pick<Spending, 'view' | 'setPrice'>
  /** What is saved holds for the window, too. */
  accept: (models: Settings['unpricedModels']) => Promise<unknown>
  accepted: () => Settings['unpricedModels']
  stdin: Readable
  write: (text: string) => unknown
  clock: Clock
  json: boolean
}

const waitsMs = 60_000
const howTo = 'Its price in dollars, y to use it without one, or Enter to stop: '
/** Asks for each of them, one after the other. @throws TalkError when one is not to be used */
export async function askUnpriced(opts: UnpricedOpts): Promise<void> {
  const { spending, write } = opts
  for (;;) {
    const { asks, capUsd } = spending.view()
    const [first] = asks
    if (first === undefined) return
    const sentence = unpricedSentence(first.model, capUsd ?? 0)
    if (opts.json) write(`${printableJson({ type: 'unpriced', model: first.model, question: sentence })}\n`)
    else write(`${sentence}\n${first.isReading ? priceHints.reading : priceHints.other}\n${howTo}`)
    const answer = (await readLine(opts.stdin, opts.clock)).trim()
    const price = priceFrom(answer, first.isReading)
    if (/^y(es)?$/i.test(answer)) await opts.accept([...opts.accepted(), first.model])
    else if (price !== null) await spending.setPrice(first.model, price)
    else throw new TalkError(sentence)
    // A price that leaves a kind open, which is sure to be used, is none.
    if (spending.view().asks[0]?.model === first.model) throw new TalkError(sentence)
  }
}

/** Takes no more than its line, since other questions follow. Empty when the input ends, or nobody answers for a minute. */
function readLine(stdin: Readable, clock: Clock): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const undoLate = clock.after(waitsMs, () => end(''))
    const take = (chunk: Buffer | string): void => {
      text += String(chunk)
      const at = text.indexOf('\n')
      if (at !== -1) end(text.slice(0, at), text.slice(at + 1))
    }
    const over = (): void => end(text)
    function end(line: string, rest = ''): void {
      undoLate()
      stdin.off('data', take)
      stdin.off('end', over)
      stdin.pause()
      if (rest !== '') stdin.unshift(Buffer.from(rest))
      resolve(line)
    }
    if (stdin.readableEnded || stdin.destroyed) return end('')
    stdin.on('data', take)
    stdin.on('end', over)
    stdin.resume()
  })
}
