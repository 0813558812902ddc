import { expect, it } from 'vitest'
import { loadVoiceActivity, windowSamples } from '../../../src/speech/voice-activity.ts'
import { modelsDir } from '../../support/speech.ts'

it('[E40] is closed when all that was asked is answered; what is asked later is silence, and nothing fails', async () => {
  const activity = await loadVoiceActivity(modelsDir)
  const listen = activity.createListener()
  const window = new Int16Array(windowSamples).fill(1_000)
  const before = [listen(window), activity.createListener()(window), activity.createListener()(window)]
  const closing = activity.close()
  const later = listen(window)
  const answers = await Promise.all([...before, later])
  await closing
  expect(answers.slice(0, 3).every((probability) => probability > 0)).toBe(true)
  expect(answers.at(-1)).toBe(0)
  expect(await listen(window)).toBe(0)
})
