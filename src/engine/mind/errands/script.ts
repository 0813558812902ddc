// An errand as a generator: it yields the call it wants and gets its output back, so that a task of many steps reads like
// one. Nothing is kept between two responses: it is run anew over the calls that the chain remembers, which brings it to
// where it was. So a script must decide from the request and the outputs alone.
import type { Memo } from '../../ports.ts'

export interface WishedCall {
  name: string
  arguments: Record<string, unknown>
}

export type Script<Result> = Generator<WishedCall, Result, string>

export type Step<Result> = { type: 'call'; call: WishedCall } | { type: 'ended'; result: Result }

/** The call that has no output yet, or the end. Each output is used once. */
export function replay<Result>(script: Script<Result>, memos: readonly Memo[]): Step<Result> {
  const done = memos.flatMap((memo) => {
    const result =
      memo.type === 'call' ? memos.find((one) => one.type === 'result' && one.callId === memo.callId) : null
    return memo.type === 'call' && result?.type === 'result' ? [{ key: keyOf(memo), output: result.output }] : []
  })
  let next = script.next()
  while (next.done !== true) {
    const key = keyOf({ name: next.value.name, arguments: JSON.stringify(next.value.arguments) })
    const at = done.findIndex((one) => one.key === key)
    const [made] = at === -1 ? [] : done.splice(at, 1)
    if (made === undefined) return { type: 'call', call: next.value }
    next = script.next(made.output)
  }
  return { type: 'ended', result: next.value }
}

const keyOf = (call: { name: string; arguments: string }): string => `${call.name} ${call.arguments}`
