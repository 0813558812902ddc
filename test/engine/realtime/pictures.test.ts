/* oxlint-disable typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
import { describe, expect, it } from 'vitest'
import { workStep } from '../../../src/engine/mind/errands/work.ts'
import { readInput } from '../../../src/engine/responses/input.ts'
import { manualText, startScriptedEngine } from '../../support/scripted-engine.ts'
import { pngOf } from '../../support/test-picture.ts'

const image_url = `data:image/png;base64,${pngOf(4, 3).toString('base64')}`
const shown = (id: string, url: string) => ({
  id,
  type: 'message',
  role: 'user',
  content: [
    { type: 'input_text', text: 'What is this?' },
    { type: 'input_image', image_url: url },
  ],
})

describe('pictures to the built-in voice', () => {
  it('[P307] are taken by the session, told to the mind as a number, and refused where they are none', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send(manualText)
    await client.next('session.updated')
    client.send({ type: 'conversation.item.create', item: shown('u1', image_url) })
    client.send({ type: 'conversation.item.create', item: shown('u2', 'https://example.org/a.png') })
    const events = await client.fence()
    const refused = events.find(({ type }) => type === 'error')
    expect(refused?.error.param).toContain('image_url')
    client.send({ type: 'response.create' })
    await client.next('response.done')
    expect(engine.mind.asks[0]!.memos).toEqual([{ type: 'message', role: 'user', text: 'What is this?', pictures: 1 }])
  })

  it('[P307] are taken with a task, which says that they can’t be seen', () => {
    const read = readInput([shown('u1', image_url)])
    expect(read).toMatchObject([{ type: 'message', pictures: 1, content: [{ text: 'What is this?' }] }])
    const memos = [{ type: 'message', role: 'user', text: 'What is this?', pictures: 1 }] as const
    const [thought] = workStep({ memos, session: '', instructions: '', tools: [], toolChoice: 'auto' } as never)
    expect(thought).toMatchObject({ type: 'refusal', text: expect.stringContaining("can't see pictures") as string })
  })
})
