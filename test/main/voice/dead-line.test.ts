import { describe, expect, it } from 'vitest'
import { createVoiceLine } from '../../support/voice-line.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 8)
const answer = { response: 'r1', item: 'a1' }

describe('a line into a black hole', () => {
  it.each(Array.from({ length: runs }, (_, at) => at + 1))(
    '[C11] %i: in mid-answer, at whatever moment: found within 5 s and replaced, what came is kept',
    async (seed) => {
      const chance = seededRandom(seed)
      const line = await createVoiceLine({ chance: () => 0 })
      const first = await line.live()
      first.beginAnswer({ ...answer, previous: null })
      first.speak(answer, 'One two three', 12_000)
      await first.settled()
      await line.pass(first, Math.floor(chance() * 8_000), 190)
      const goneAtMs = line.clock.monotonicMs()
      first.pause()
      while (line.session.phase().type === 'live' && line.clock.monotonicMs() - goneAtMs <= 5_000) line.clock.pass(10)
      expect(line.clock.monotonicMs() - goneAtMs).toBeLessThanOrEqual(5_000)
      expect(line.session.phase().type).not.toBe('live')
      line.clock.pass(0)
      const live = line.told('phase', ({ type }) => type === 'live')
      const second = await line.server.connection()
      await live
      expect(second.all('conversation.item.create').map(({ item }) => item.id)).toEqual(['a1'])
    },
  )
})
