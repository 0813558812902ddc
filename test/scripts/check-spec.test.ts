import { describe, expect, it } from 'vitest'
import { compareSpec } from '../../scripts/check-spec.mjs'

const spec = '# Rules\n\n- **A1** One thing.\n- **A2** Another.\n'
// Put together here, so that the ids of this made-up spec are not taken for citations of the real one.
const citing = (...ids: string[]): string => ids.map((id) => `it('[${id}] …')`).join('\n')

describe('the spec and the tests', () => {
  it('[K9] agree when every rule is cited and every citation is a rule', () => {
    expect(compareSpec(spec, [['a.test.ts', citing('A1', 'A2')]])).toEqual([])
  })

  it('[K9] disagree over a rule without a test', () => {
    expect(compareSpec(spec, [['a.test.ts', citing('A1')]])).toEqual(['Rule A2 has no test.'])
  })

  it('[K9] disagree over a test of no rule, which is named with its file', () => {
    expect(compareSpec(spec, [['b.test.ts', citing('A1', 'A2', 'B7')]])).toEqual([
      'b.test.ts cites B7, which is no rule.',
    ])
  })

  it('[K9] disagree over a rule written twice', () => {
    expect(compareSpec(`${spec}- **A1** Again.\n`, [['a.test.ts', citing('A1', 'A2')]])).toEqual([
      'Rule A1 is written twice.',
    ])
  })
})
