// A record that forgets when the test ends. Keeps the port's promise: changes are numbered, folded and told in order,
// each a moment after it was appended.
import { createEmitter } from '../../src/core/emitter.ts'
import type { Change, StoredChange } from '../../src/core/conversation/change.ts'
import { emptyConversation, reduce } from '../../src/core/conversation/reduce.ts'
import type { ConversationRecord } from '../../src/main/ports.ts'
import { createMemoryPictures } from './memory-pictures.ts'

export interface MemoryRecord extends ConversationRecord {
  readonly changes: readonly Change[]
  /** Resolves with the first change of that type, also with one that was stored before. */
  stored<Type extends Change['type']>(
    type: Type,
    matches?: (change: Extract<Change, { type: Type }>) => boolean,
  ): Promise<Extract<Change, { type: Type }>>
}

export function createMemoryRecord(before: readonly Change[] = []): MemoryRecord {
  const emitter = createEmitter<{ stored: StoredChange }>()
  const changes: Change[] = []
  let conversation = { ...emptyConversation, id: 'memory' }
  let disk = Promise.resolve()

  function store(change: Change): StoredChange {
    const stored = { seq: conversation.seq + 1, atMs: 1_000 + conversation.seq, change }
    conversation = reduce(conversation, stored)
    changes.push(change)
    return stored
  }
  for (const change of before) store(change)

  return {
    id: 'memory',
    pictures: createMemoryPictures(),
    changes,
    conversation: () => conversation,
    append(added) {
      const done = disk.then(() => added.map(store))
      disk = done.then((stored) => {
        for (const change of stored) emitter.emit('stored', change)
      })
      return done
    },
    onStored: (listen) => emitter.on('stored', listen),
    onUnsaved: () => () => undefined,
    close: () => Promise.resolve(),
    stored(type, matches = () => true) {
      const isIt = (change: Change): change is Extract<Change, { type: typeof type }> =>
        change.type === type && matches(change as Extract<Change, { type: typeof type }>)
      const found = changes.find(isIt)
      if (found) return Promise.resolve(found)
      return new Promise((resolve) => {
        const undo = emitter.on('stored', ({ change }) => {
          if (!isIt(change)) return
          undo()
          resolve(change)
        })
      })
    },
  }
}
