// The questions at a terminal, over a real toolbox: one at a time, and a line that was meant for one answers no other.
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { approvalRestMs } from '../../../src/core/agent/approval.ts'
import { askAtTerminal } from '../../../src/main/talk/questions.ts'
import { workingTools } from '../../support/noted-tools.ts'
import { openToolbox } from '../../support/opened-toolbox.ts'

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('at a terminal', () => {
  it.each(['y\ny\n', 'y\ny\ny\ny\n', 'yes\nyes\n'])(
    '[S32] %j answers the question that stands there and no other',
    async (typed) => {
      const { tools, done } = workingTools()
      const { toolbox, call, clock } = openToolbox({ tools })
      const stdin = new PassThrough()
      let shown = ''
      const undo = askAtTerminal({
        companion: { approvals: toolbox.approvals, onApprovals: toolbox.onApprovals, approve: toolbox.answer },
        stdin,
        write: (text) => void (shown += text),
        json: false,
      })
      void call('send', { text: 'first' })
      void call('send', { text: 'second' })
      await settle()
      expect(shown.match(/Question:/g)).toHaveLength(1)
      clock.pass(2_000)
      stdin.write(typed)
      await settle()
      clock.pass(approvalRestMs)
      await settle()
      expect(shown.match(/Question:/g)).toHaveLength(2)
      stdin.write('y\n')
      await settle()
      expect(done.map(({ text }) => text)).toEqual(['first'])
      clock.pass(500)
      stdin.write('y\n')
      await settle()
      expect(done).toHaveLength(2)
      undo()
    },
  )
})
