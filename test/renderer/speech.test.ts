import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFrameQueue } from '../../src/renderer/frame-queue.ts'
import { createSpeech } from '../../src/renderer/speech.ts'

afterEach(() => vi.unstubAllGlobals())

describe('what comes many times a second', () => {
  it('[W77] is taken together in the next frame, in its order, and soon where no frame is drawn', () => {
    vi.useFakeTimers()
    const frames: (() => void)[] = []
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw))
    vi.stubGlobal('cancelAnimationFrame', () => undefined)
    const taken: (readonly number[])[] = []
    const put = createFrameQueue<number>((items) => taken.push(items))
    for (const item of [1, 2, 3]) put(item)
    expect([taken, frames.length]).toEqual([[], 1])
    frames[0]?.()
    put(4)
    vi.advanceTimersByTime(200)
    expect(taken).toEqual([[1, 2, 3], [4]])
    vi.useRealTimers()
  })

  it('[W77] reaches the row of its own turn alone, and the words give way when the record has them', () => {
    const speech = createSpeech()
    const heard: string[] = []
    const undo = speech.listen('a', () => heard.push('a'))
    speech.listen('b', () => heard.push('b'))
    speech.setCaption({ role: 'assistant', item: 'a', text: 'One' })
    speech.setPosition('a', { playedMs: 10, receivedMs: 20 })
    speech.setCaption({ role: 'user', item: 'b', text: 'Two' })
    expect(heard).toEqual(['a', 'a', 'b'])
    expect(speech.coming.value().map(({ item }) => item)).toEqual(['a', 'b'])
    speech.settle('a')
    expect([speech.caption('a'), speech.position('a')]).toEqual(['', { playedMs: 10, receivedMs: 20 }])
    undo()
    speech.clear()
    expect([speech.coming.value(), speech.position('a'), heard]).toEqual([[], null, ['a', 'a', 'b', 'a']])
  })
})
