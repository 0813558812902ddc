// Sums and conversions, in exact notation.
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import { wording } from '../../../core/language/wording.ts'
import { defineTool, type Tool } from '../tool.ts'
import type { Workbench } from './workbench.ts'

export function createCalculate(workbench: Workbench): Tool {
  return defineTool({
    name: 'calculate',
    description:
      'Evaluates an expression: arithmetic, functions, units. Examples: 17.5% * 240, sqrt(2)^3, 5 mile to km.',
    risk: 'reads',
    asks: 'never',
    schema: z.strictObject({ expression: z.string().trim().min(1).max(400) }),
    describe: ({ expression }) => wording('step.calculate', { words: plainWords(expression, 60) }),
    run: async ({ expression }, { signal }) => ({ text: await workbench.sum(expression, signal), untrusted: null }),
  })
}
