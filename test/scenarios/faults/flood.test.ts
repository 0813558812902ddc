// A service that says ten thousand things a second: the window is told what can be read, and main goes on.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { openApp } from '../../support/opened-app.ts'
import { faultSeeds } from '../../support/fault-line.ts'

const answer = { response: 'r1', item: 'a1' }

describe.each(faultSeeds)('a flood, seed %i', () => {
  it('[F13] of 10,000 deltas in a second: at most 30 captions a second are told, and the words are whole', async () => {
    const { live, told, notice, ask } = await openApp()
    const service = await live()
    const loop = monitorEventLoopDelay({ resolution: 5 })
    service.hearTurn('u1', null, 'Tell me everything.')
    service.beginAnswer({ ...answer, previous: 'u1' })
    await service.settled()
    const from = told.length
    const sinceMs = performance.now()
    loop.enable()
    for (let batch = 0; batch < 100; batch++) {
      for (let delta = 0; delta < 100; delta++)
        service.send({
          type: 'response.output_audio_transcript.delta',
          ...{ response_id: 'r1', item_id: 'a1', output_index: 0, content_index: 0, delta: 'la ' },
        })
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await service.settled()
    loop.disable()
    const seconds = (performance.now() - sinceMs) / 1000
    const captions = told.slice(from).filter(({ type }) => type === 'caption')
    console.log(
      `${captions.length} captions in ${seconds.toFixed(2)} s; the loop was late by ${(loop.percentile(99) / 1e6).toFixed(1)} ms (p99)`,
    )
    expect(captions.length).toBeGreaterThan(1)
    expect(captions.length).toBeLessThanOrEqual(Math.ceil(seconds * 30))
    service.endAnswer(answer, 'La.')
    await notice('change', ({ stored }) => stored.change.type === 'words-spoken')
    expect((await ask('snapshot', null)).turns.at(-1)).toMatchObject({ text: 'La.' })
  })
})
