// What a window is told of what the model holds and of what happened to the line, as values.
import type { HeldItem, HoldsView } from '../../src/core/conversation/holds.ts'
import type { Happened } from '../../src/core/health/happened.ts'
import { hebrew, longWord } from './window-scenes.ts'

const minute = 60_000

/** @param nowMs wall clock */
export function heldView(nowMs: number): HoldsView {
  const held = (id: string, kind: HeldItem['kind'], text: string, from: HeldItem['from'] = 'restored'): HeldItem => ({
    id,
    kind,
    text,
    from,
    call: null,
    acknowledgedMs: nowMs - 50 * minute,
  })
  return {
    session: 'sess_1',
    proof: { atMs: nowMs - 50 * minute, items: 5, digest: '9f2b61c07a44e1d3aa', sessions: 2, attempts: 4 },
    items: [
      held('h1', 'note', 'What was said before: Ada asked about trains to Haifa and about the weather on Sunday.'),
      held('h2', 'person', hebrew),
      held('h3', 'voice', 'The last train leaves at 23:10.'),
      held('h4', 'call', 'read_page({"address":"https://example.org"})'),
      held('h5', 'result', `The page says so. ${longWord}`),
      { ...held('h6', 'person', '', 'live'), acknowledgedMs: null },
    ],
    refused: [{ of: 'turn', words: 'Look that up', reason: 'The service does not take an empty text.' }],
    leftOut: 31,
    missing: 2,
    summary: 'Ada asked about trains to Haifa and about the weather on Sunday.',
  }
}

/** @param nowMs wall clock */
export function happenedView(nowMs: number): Happened {
  return {
    summary: 'You were without a line for 12 s. The service usually answered within 84 ms.',
    events: [
      { atMs: nowMs - 9 * minute, words: 'The line broke after 43 minutes: the network is down.', trouble: true },
      { atMs: nowMs - 8 * minute, words: 'The line came back after 12 s.', trouble: false },
      { atMs: nowMs - 8 * minute, words: '22 entries were restored, 1 was refused.', trouble: false },
    ],
    samples: [],
  }
}
