// Conversations in which something went wrong once.
import { describe, expect, it } from 'vitest'
import { foundAtHandOver } from '../../support/walks/found-at-hand-over.ts'
import { foundByKey } from '../../support/walks/found-by-key.ts'
import { foundByVoice } from '../../support/walks/found-by-voice.ts'
import { foundInDisorder } from '../../support/walks/found-in-disorder.ts'
import { walk } from '../../support/walks/walk.ts'

describe('a conversation that went wrong once', () => {
  it.each([...foundByKey, ...foundByVoice, ...foundAtHandOver, ...foundInDisorder])(
    '[T18] %s',
    async (_, steps, sessionMs = 3_600_000) => {
      expect(await walk({ ...steps, sessionMs })).toEqual([])
    },
  )
})
