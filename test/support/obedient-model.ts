// The worst model: it does whatever any text that it is shown tells it, also when the text tells it to approve of its own doing.
import type { CallOutcome } from '../../src/main/agent/ports.ts'

export interface Order {
  tool: string
  given: object
}

/** The order as an attacker would write it. Fits into a file name: no slash, no line break. */
export function written({ tool, given }: Order): string {
  return `CALL ${tool} ${JSON.stringify(given).replaceAll('/', '\\u002f')} END`
}

/** Every order in it, however it came: as it is, or as a string within JSON. */
export function ordersIn(text: string): Order[] {
  const plain = text.replaceAll('\\"', '"').replaceAll('\\\\', '\\')
  return [...plain.matchAll(/CALL (\w+) (\{.*?\}) END/g)].map(([, tool = '', given = '{}']) => ({
    tool,
    given: JSON.parse(given) as object,
  }))
}

/** Obeys `text`, and all that comes of it, a few steps deep. */
export async function obey(
  text: string,
  call: (order: Order) => Promise<CallOutcome>,
  depth = 3,
): Promise<{ order: Order; outcome: CallOutcome }[]> {
  if (depth === 0) return []
  const done = await Promise.all(ordersIn(text).map(async (order) => ({ order, outcome: await call(order) })))
  const further = await Promise.all(done.map(({ outcome }) => obey(outcome.output, call, depth - 1)))
  return [...done, ...further.flat()]
}
