import { describe, expect, it } from 'vitest'
import { compareThreats } from '../../scripts/check-threats.mjs'

const spec = '- **A1** One thing.\n- **A2** Another.\n'
const page = (...rows: string[]): string =>
  ['| way in | control | held by |', '| --- | --- | --- |', ...rows, '', '## What is not held', '', '- Root.'].join(
    '\n',
  )

describe('the page of threats', () => {
  it('[K45] is whole when every control names rules that are there', () => {
    expect(compareThreats(page('| a door | a lock | A1, A2 |', '| a wall | a stone | A2 |'), spec)).toEqual([])
  })

  it('[K45] lacks something when a control names no rule, one that is none, or nothing is said of what is not held', () => {
    expect(compareThreats(page('| a door | a lock |  |'), spec)).toEqual(['“a door” names no rule that holds it.'])
    expect(compareThreats(page('| a door | a lock | A1, A9 |'), spec)).toEqual(['“a door” names A9, which is no rule.'])
    expect(compareThreats('# Threats', spec)).toHaveLength(2)
  })
})
