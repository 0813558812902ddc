// What a window is told while it is measured: a mix of notices, and an answer with its captions, its position and its level, as
// main tells them. Runs where the stand-in for main is, so that the way to the window is all that lies between.
import { setTimeout as passed } from 'node:timers/promises'
import type { StandIn } from './stand-in.ts'

export const answerWords = 400
/** About as fast as one speaks. */
const wordEveryMs = 40
export const notices = 100
export const noticeEveryMs = 20

export async function tellNotices({ tell, state }: StandIn): Promise<void> {
  for (let at = 0; at < notices; at++) {
    if (at % 2 === 0) tell({ type: 'position', item: 'gone', playedMs: at, receivedMs: at })
    else tell({ type: 'state', state: { ...state, presence: at % 4 === 1 ? 'listening' : 'idle' } })
    await passed(noticeEveryMs)
  }
}

/** @returns when each word was told, wall clock in milliseconds */
export async function tellAnswer({ tell, beginAnswer, state }: StandIn): Promise<number[]> {
  beginAnswer('spoken')
  tell({ type: 'state', state: { ...state, presence: 'speaking' } })
  const fromMs = performance.now()
  const toldMs: number[] = []
  let text = ''
  for (let at = 0; at < answerWords; at++) {
    text += `word${at}. `
    toldMs.push(performance.timeOrigin + performance.now())
    tell({ type: 'caption', role: 'assistant', item: 'spoken', text })
    if (at % 3 === 0) {
      tell({ type: 'position', item: 'spoken', playedMs: at * wordEveryMs, receivedMs: (at + 20) * wordEveryMs })
      tell({ type: 'level', microphone: -60, speaker: -20 - (at % 9) })
    }
    await passed(Math.max(0, fromMs + (at + 1) * wordEveryMs - performance.now()))
  }
  return toldMs
}
