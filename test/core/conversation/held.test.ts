import { describe, expect, it } from 'vitest'
import { followHeld, nothingHeld, type Held } from '../../../src/core/conversation/held.ts'
import type { HeardEvent } from '../../../src/core/realtime/wire-events.ts'

const user = { id: 'u_1', type: 'message', role: 'user' } as const
const voice = { id: 'a_1', type: 'message', role: 'assistant' } as const
const added = (item: typeof user | typeof voice, previous: string | null): HeardEvent => ({
  type: 'conversation.item.added',
  item,
  previous_item_id: previous,
})
const output = (how: 'added' | 'done', item: typeof user | typeof voice = voice): HeardEvent => ({
  type: `response.output_item.${how}`,
  response_id: 'resp_1',
  item,
})
const after = (...events: HeardEvent[]): Held =>
  events.reduce((held, event) => followHeld(held, event, 10), nothingHeld)
const shown = ({ items }: Held): string[] => items.map(({ id, state }) => `${id} ${state}`)

describe('what a session holds', () => {
  it('[V83] has an item of which its response alone tells, at the end, whole when that says so', () => {
    const begun = after(added(user, null), output('added'))
    // Where it stands the conversation itself tells, as a rule, after this.
    expect(shown(begun)).toEqual(['u_1 growing'])
    expect(shown(followHeld(begun, output('done'), 20))).toEqual(['u_1 growing', 'a_1 held'])
  })

  it('[V83] has it once, where the conversation says, also when both tell of it; and not when it is gone', () => {
    const both = after(output('added'), added(user, null), added(voice, 'u_1'), output('done'), added(voice, 'u_1'))
    expect(both.items.filter(({ id }) => id === 'a_1')).toHaveLength(1)
    const gone = after(added(user, null), output('added'), { type: 'conversation.item.deleted', item_id: 'a_1' })
    expect(shown(followHeld(gone, output('done'), 20))).toEqual(['u_1 growing'])
  })

  it('[V83] has an item of which its commit alone tells', () => {
    const held = after({ type: 'input_audio_buffer.committed', item_id: 'u_1', previous_item_id: null })
    expect(shown(held)).toEqual(['u_1 held'])
  })
})
