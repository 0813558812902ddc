// Sums and conversions of a model, within the worker.
import { workLimits } from '../../../core/agent/limits.ts'

/** Functions with which an expression could change the calculator or run another expression. */
const forbidden = [
  'import',
  'createUnit',
  'evaluate',
  'parse',
  'parser',
  'compile',
  'chain',
  'simplify',
  'derivative',
  'config',
]

export async function sum(expression: string): Promise<string> {
  // The package's one-file build: its thousand modules take seconds to load.
  const { default: mathjs } = await import('mathjs/lib/browser/math.js')
  const math = mathjs.create(mathjs.all ?? {})
  const evaluate = math.evaluate.bind(math)
  const refuse = (): never => {
    throw new Error('This is not allowed in a sum.')
  }
  math.import(Object.fromEntries(forbidden.map((name) => [name, refuse])), { override: true })
  const result: unknown = evaluate(expression)
  if (typeof result === 'function' || result === undefined) throw new Error('This is no sum.')
  return math.format(result, { precision: 14 }).slice(0, workLimits.sumCharacters)
}
