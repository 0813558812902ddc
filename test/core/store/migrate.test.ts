import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { emptyConversation } from '../../../src/core/conversation/reduce.ts'
import { conversationFormat, migrate, type Format } from '../../../src/core/store/migrate.ts'

const shape = z.object({ first: z.string(), last: z.string() })
const names: Format<z.infer<typeof shape>> = {
  version: 3,
  steps: {
    1: (older) => ({ full: z.string().parse(older) }),
    2: (older) => {
      const [first = '', last = ''] = z.object({ full: z.string() }).parse(older).full.split(' ')
      return { first, last }
    },
  },
  schema: shape,
}
const ada = { first: 'Ada', last: 'Lovelace' }

describe('versions of what is stored', () => {
  it('[D10] lifts an older value step by step', () => {
    expect(migrate(names, 1, 'Ada Lovelace')).toEqual({ type: 'current', value: ada })
    expect(migrate(names, 2, { full: 'Ada Lovelace' })).toEqual({ type: 'current', value: ada })
    expect(migrate(names, 3, ada)).toEqual({ type: 'current', value: ada })
  })

  it('[D10] checks what came out, and takes no value for an older one that does not fit', () => {
    expect(migrate(names, 3, { first: 'Ada' })).toEqual({ type: 'broken', reason: 'last' })
    expect(migrate(names, 1, 17).type).toBe('broken')
    expect(migrate(names, 0, 'Ada').type).toBe('broken')
  })

  it('[D10] reads a newer value as far as today’s shape fits it, and says that it is newer', () => {
    expect(migrate(names, 4, { ...ada, born: 1815 })).toEqual({ type: 'newer', value: ada })
    expect(migrate(names, 4, { given: 'Ada' })).toEqual({ type: 'newer', value: null })
  })

  it('[D10] the conversation of today is what its own version reads', () => {
    const read = migrate(conversationFormat, conversationFormat.version, emptyConversation)
    expect(read).toEqual({ type: 'current', value: emptyConversation })
  })

  it('[D10] a conversation of the first version, and of the one that could not go back, still opens', () => {
    const { leftOut: _l, checkpoints: _c, rolledBack: _r, draft: _d, ...second } = emptyConversation
    const { tasks: _t, ...first } = second
    expect(migrate(conversationFormat, 2, second)).toEqual({ type: 'current', value: emptyConversation })
    expect(migrate(conversationFormat, 1, first)).toEqual({ type: 'current', value: emptyConversation })
  })
})
