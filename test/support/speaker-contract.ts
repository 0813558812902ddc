// What every speaker owes the page of ports (Speaker in src/main/ports.ts). Runs in real time on real parts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { frameSamples, msToSamples } from '../../src/core/audio/pcm.ts'
import type { PlayedItem, Speaker } from '../../src/main/ports.ts'

const sound = (ms: number): Int16Array =>
  Int16Array.from({ length: msToSamples(ms) }, (_, at) => 4_000 * Math.sin(at / 4))

export function speakerContract(name: string, make: () => Promise<Speaker> | Speaker): void {
  describe(`${name} as a speaker`, () => {
    let speaker: Speaker
    let positions: PlayedItem[]
    let ended: PlayedItem[]
    beforeEach(async () => {
      speaker = await make()
      positions = []
      ended = []
      speaker.onPosition((at) => positions.push(at))
      speaker.onEnded((at) => ended.push(at))
      await speaker.open()
    })
    afterEach(() => speaker.close())

    /** Resolves with the first position of `item` at or behind `ms`. */
    function reached(item: string, ms: number): Promise<PlayedItem> {
      return new Promise((resolve) => {
        const undo = speaker.onPosition((at) => {
          if (at.item !== item || at.playedMs < ms) return
          undo()
          resolve(at)
        })
      })
    }

    it('[A1] plays items in the order of their first samples and reports each end with its whole length', async () => {
      speaker.play('a', sound(101))
      speaker.play('b', sound(50))
      speaker.play('a', sound(99))
      expect(speaker.health().queuedMs).toBe(250)
      speaker.finish('b')
      speaker.finish('a')
      await speaker.drained()
      expect(ended).toEqual([
        { item: 'a', playedMs: 200 },
        { item: 'b', playedMs: 50 },
      ])
      expect(speaker.health().queuedMs).toBe(0)
    })

    it('[A3] reports a position that only rises, about 20 times a second', async () => {
      speaker.play('a', sound(600))
      speaker.finish('a')
      await speaker.drained()
      const reported = positions.map((at) => at.playedMs)
      expect(reported).toEqual([...reported].sort((one, other) => one - other))
      expect(reported.length).toBeGreaterThanOrEqual(9)
      expect(reported.length).toBeLessThanOrEqual(30)
    })

    it('[A3] a cut names the item played and those waiting, ends none of them, and leaves nothing', async () => {
      speaker.play('a', sound(2_000))
      speaker.play('b', sound(100))
      speaker.finish('a')
      speaker.finish('b')
      const before = await reached('a', 200)
      const drained = speaker.drained()
      const [a, b, ...others] = await speaker.cut()
      await drained
      expect(a?.item).toBe('a')
      expect(a?.playedMs).toBeGreaterThanOrEqual(before.playedMs)
      expect(a?.playedMs).toBeLessThan(2_000)
      expect([b, ...others]).toEqual([{ item: 'b', playedMs: 0 }])
      expect(speaker.health().queuedMs).toBe(0)
      expect(await speaker.cut()).toEqual([])
      // What comes next is played from its start, and nothing is heard of what was cut.
      speaker.play('c', sound(100))
      speaker.finish('c')
      await speaker.drained()
      expect(ended).toEqual([{ item: 'c', playedMs: 100 }])
    })

    it('[A3] the same name after a cut is a new item', async () => {
      speaker.play('a', sound(1_000))
      await reached('a', 100)
      const cut = speaker.cut()
      speaker.play('a', sound(80))
      speaker.finish('a')
      expect((await cut).map((one) => one.item)).toEqual(['a'])
      await speaker.drained()
      expect(ended).toEqual([{ item: 'a', playedMs: 80 }])
    })

    it('[A4] refuses what goes beyond ten minutes, says so, and still can be cut', async () => {
      const troubles: string[] = []
      speaker.onTrouble((trouble) => troubles.push(trouble.message))
      speaker.play('a', new Int16Array(msToSamples(599_000)))
      speaker.play('a', new Int16Array(msToSamples(2_000)))
      expect(troubles).toHaveLength(1)
      expect(speaker.health().queuedMs).toBeLessThanOrEqual(599_000)
      expect(await speaker.cut()).toHaveLength(1)
    })

    it('[A3] nothing waits for a closed speaker, and it opens again', async () => {
      speaker.play('a', sound(5_000))
      const drained = speaker.drained()
      await speaker.close()
      await drained
      await speaker.open()
      speaker.play('b', new Int16Array(frameSamples))
      speaker.finish('b')
      await speaker.drained()
      expect(ended).toEqual([{ item: 'b', playedMs: 20 }])
    })
  })
}
