// The record's collection of conversations as a test opens it: on real files, with a clock that stands.
import { onTestFinished } from 'vitest'
import {
  openConversations,
  type ConversationStore,
  type ConversationsOptions,
} from '../../src/main/store/conversations.ts'
import { seededRandom } from './seeded-random.ts'
import { createStillClock } from './still-clock.ts'

/** Call it inside a test; it is closed when the test has ended. */
export async function openStore(folder: string, opts: Partial<ConversationsOptions> = {}): Promise<ConversationStore> {
  const store = await openConversations({ folder, clock: createStillClock(), random: seededRandom(3), ...opts })
  onTestFinished(() => store.close())
  return store
}
