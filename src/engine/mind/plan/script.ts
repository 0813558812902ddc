// A plan as a generator: it yields the calls it wants and gets their outputs back, so that a task of many steps reads like
// one. Nothing is kept between two responses: the plan is run anew over the calls that the chain remembers, which brings it
// to where it was. So a script must decide from the request and the outputs alone.
import type { Memo } from '../../ports.ts'

export interface WishedCall {
  name: string
  arguments: Record<string, unknown>
}

/** Yields calls that may run beside each other; gets their outputs in the same order. */
export type Script<Result> = Generator<readonly WishedCall[], Result, readonly string[]>

export type Step = { type: 'calls'; calls: readonly WishedCall[] } | { type: 'answer'; text: string }

/** A plan that calls more often than this goes round in circles. */
const mostRounds = 200

export function replay(script: Script<string>, memos: readonly Memo[]): Step {
  const done = callsIn(memos)
  let next = script.next([])
  for (let round = 0; round < mostRounds; round += 1) {
    if (next.done === true) return { type: 'answer', text: next.value }
    const outputs = next.value.map((call) => takeOutput(done, call))
    const missing = next.value.filter((_call, at) => outputs[at] === null)
    if (missing.length > 0) return { type: 'calls', calls: missing }
    next = script.next(outputs.map((output) => output ?? ''))
  }
  return { type: 'answer', text: 'That took more steps than I can keep track of, so I stopped.' }
}

interface Done {
  call: string
  output: string
}

function callsIn(memos: readonly Memo[]): Done[] {
  return memos.flatMap((memo) => {
    if (memo.type !== 'call') return []
    const result = memos.find((other) => other.type === 'result' && other.callId === memo.callId)
    return result?.type === 'result' ? [{ call: keyOf(memo.name, parse(memo.arguments)), output: result.output }] : []
  })
}

const hasEffect =
  /(?:^|[^a-z])(?:note|add|write|set|create|append|send|remember|save|put|open|run|remove|delete|cancel|move|edit)(?![a-z])/i

/**
 * The output of that very call; each is used once. A call with an effect whose arguments have drifted since (they spoke
 * of the time) was done all the same, and is not done twice.
 */
function takeOutput(done: Done[], { name, arguments: args }: WishedCall): string | null {
  const exact = done.findIndex(({ call }) => call === keyOf(name, args))
  const at = exact === -1 && hasEffect.test(name) ? done.findIndex(({ call }) => call.startsWith(`${name} `)) : exact
  return at === -1 ? null : (done.splice(at, 1)[0]?.output ?? null)
}

const keyOf = (name: string, args: unknown): string =>
  `${name} ${JSON.stringify(typeof args === 'object' && args !== null ? Object.entries(args).sort() : args)}`

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** One call. */
export function* use(name: string, args: Record<string, unknown>): Script<string> {
  const [output = ''] = yield [{ name, arguments: args }]
  return output
}
