// What the person showed, on its way to a task: in its first request, in an addition, and once more after a restart.
import { describe, expect, it } from 'vitest'
import type { Item } from '../../../src/core/agent/item.ts'
import { startAgentLine } from '../../support/agent-line.ts'
import { countTo } from '../../support/scripted-mind-of-tasks.ts'
import { pngOf } from '../../support/test-picture.ts'

const bytes = pngOf(8, 6)
const url = `data:image/png;base64,${bytes.toString('base64')}`
const images = (items: readonly Item[]): unknown[] =>
  items
    .flatMap(({ content }) => (Array.isArray(content) ? (content as { type: string }[]) : []))
    .filter(({ type }) => type === 'input_image')

describe('pictures for a task', () => {
  it('[P306] go with its first request as they are, and its log holds none of their bytes', async () => {
    const contexts: (readonly Item[])[] = []
    const mind = countTo(0)
    const line = await startAgentLine({
      mind(context) {
        contexts.push(context)
        return mind(context)
      },
    })
    const pictures = await line.record.pictures.keep([{ name: 'holiday.png', bytes }])
    const task = line.agent.begin({ request: 'What is this?', context: '', pictures })
    await line.ended(task)
    expect(images(contexts[0]!)).toEqual([{ type: 'input_image', image_url: url, detail: 'auto' }])
    expect(line.record.conversation().tasks[0]).toMatchObject({ state: 'done' })
  })
})
