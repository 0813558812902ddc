// A conversation with a mind in a test: keeps the memos as the protocol would, hears what is announced.
import { createMind } from '../../src/engine/mind/mind.ts'
import type { MindOptions } from '../../src/engine/mind/mind.ts'
import type { Announcement, Ask, Memo, Mind, MindTool, Thought } from '../../src/engine/ports.ts'
import { createStillClock, type StillClock } from './still-clock.ts'

/** Sunday, 22 November 2026, 6:02 PM UTC. */
export const sundayEveningMs = Date.UTC(2026, 10, 22, 18, 2)

export interface Talk {
  mind: Mind
  clock: StillClock
  memos: Memo[]
  heard: Announcement[]
  /** What is said, with calls as `[name {…}]`. */
  say: (words: string, how?: Partial<Ask>) => Promise<string>
  /** A reply to the memos as they are. */
  reply: (how?: Partial<Ask>) => Promise<Thought[]>
}

export function createTalk(
  opts: Partial<MindOptions> & { clock?: StillClock; memos?: Memo[]; tools?: MindTool[]; deaf?: () => boolean } = {},
): Talk {
  const { clock = createStillClock(sundayEveningMs), memos = [], tools = [], deaf = () => false, ...rest } = opts
  const mind = createMind({ dataDir: null, random: () => 0, timeZone: 'UTC', localModel: null, ...rest, clock })
  const heard: Announcement[] = []
  mind.onAnnouncement((announcement) => {
    if (deaf()) return false
    heard.push(announcement)
    return true
  })
  const reply = async (how: Partial<Ask> = {}): Promise<Thought[]> => {
    const ask: Ask = {
      session: 'one',
      memos,
      instructions: '',
      tools,
      toolChoice: 'auto',
      signal: new AbortController().signal,
      ...how,
    }
    const thoughts: Thought[] = []
    for await (const thought of mind.reply(ask)) thoughts.push(thought)
    return thoughts
  }
  return {
    mind,
    clock,
    memos,
    heard,
    reply,
    async say(words, how) {
      memos.push({ type: 'message', role: 'user', text: words })
      const thoughts = await reply(how)
      const text = thoughts.map((thought) => (thought.type === 'text' ? thought.text : '')).join('')
      if (text !== '') memos.push({ type: 'message', role: 'assistant', text })
      const calls = thoughts.map((thought) => (thought.type === 'call' ? `[${thought.name} ${thought.arguments}]` : ''))
      return text + calls.join('')
    },
  }
}
