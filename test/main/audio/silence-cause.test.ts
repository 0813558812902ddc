import { describe, expect, it } from 'vitest'
import { findSilenceCause } from '../../../src/main/audio/silence-cause.ts'

describe('cause of a silence', () => {
  it('[A205] what the system forbids is no mute: the permission comes first', async () => {
    expect(await findSilenceCause(() => 'denied')).toBe('denied')
    expect(await findSilenceCause(() => 'granted')).not.toBe('denied')
  })
})
