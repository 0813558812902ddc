// What every microphone owes the page of ports (Microphone in src/main/ports.ts). Runs in real time on real parts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { frameSamples } from '../../src/core/audio/pcm.ts'
import { SoundError } from '../../src/main/audio/errors.ts'
import type { Microphone } from '../../src/main/ports.ts'

export function microphoneContract(name: string, make: () => Promise<Microphone> | Microphone): void {
  describe(`${name} as a microphone`, () => {
    let microphone: Microphone
    beforeEach(async () => {
      microphone = await make()
    })
    afterEach(() => microphone.close())

    function frames(count: number): Promise<Int16Array[]> {
      const heard: Int16Array[] = []
      return new Promise((resolve) => {
        const undo = microphone.onFrame((frame) => {
          heard.push(frame)
          if (heard.length < count) return
          undo()
          resolve(heard)
        })
      })
    }

    it('[A6] gives frames of 480 samples from its opening on', async () => {
      const heard = frames(25)
      await microphone.open()
      for (const frame of await heard) expect(frame).toHaveLength(frameSamples)
    })

    it('[A6] gives none after it was closed, and some when it is opened again', async () => {
      await microphone.open()
      await frames(2)
      await microphone.close()
      let late = 0
      const undo = microphone.onFrame(() => (late += 1))
      await new Promise((resolve) => setImmediate(resolve))
      expect(late).toBe(0)
      undo()
      const again = frames(5)
      await microphone.open()
      await again
      expect(late).toBe(0)
    })

    it('[A12] is not opened twice', async () => {
      await microphone.open()
      await expect(microphone.open()).rejects.toBeInstanceOf(SoundError)
    })
  })
}
