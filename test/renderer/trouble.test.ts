import { describe, expect, it } from 'vitest'
import type { AppState } from '../../src/core/ipc.ts'
import { chartPoints } from '../../src/renderer/chart-points.ts'
import { languageFor } from '../../src/core/language/language.ts'
import { talkFace as faceIn, type TalkFace } from '../../src/renderer/talk-face.ts'
import { problemOf } from '../../src/renderer/problem.ts'
import { spending } from '../support/window-scenes.ts'
import { unknown, type Known } from '../../src/renderer/store.ts'

const talkFace = (state: AppState): TalkFace => faceIn(state, languageFor('en', []).say)
const missing = { type: 'missing', message: 'There is no microphone.' } as const
const live = { type: 'live', sinceMs: 0, endsMs: 3_600_000, handingOver: false } as const
const withState = (some: Partial<AppState>): Known => ({
  ...unknown,
  reach: 'reached',
  state: { ...unknown.state, line: live, ...some },
})

describe('what keeps one from talking', () => {
  it('[W34] the gravest problem is shown, with the step that mends it', () => {
    const refused = { type: 'refused', message: 'The service refused the key.', remedy: 'key' } as const
    expect(problemOf(withState({}))).toBeNull()
    expect(problemOf(withState({ microphone: missing }))).toMatchObject({ next: 'retry', isMild: true })
    expect(problemOf(withState({ microphone: missing, line: refused }))).toMatchObject({
      message: 'The service refused the key.',
      next: 'settings',
      isMild: false,
    })
    expect(problemOf({ ...withState({ microphone: missing }), spending })).toMatchObject({ isMild: true })
    expect(problemOf({ ...withState({}), spending: { ...spending, state: 'stopped' } })?.next).toBe('settings')
    expect(problemOf({ ...withState({ line: refused }), reach: 'lost' })?.message).toContain('Start it again')
  })

  it('[W35] the talk control says what a press does, in every state', () => {
    const face = (some: Partial<AppState>): string => talkFace(withState(some).state).action
    expect(face({ mode: 'hold' })).toBe('Hold to talk')
    expect(face({ mode: 'hold', talking: 'held', presence: 'listening' })).toBe('Let go to send')
    expect(face({ mode: 'hold', talking: 'latched', presence: 'listening' })).toBe('Tap to send')
    expect(face({ mode: 'hold', presence: 'speaking' })).toBe('Hold to interrupt')
    for (const muted of [false, true])
      expect(talkFace(withState({ mode: 'hands-free', muted }).state)).toMatchObject({ action: 'Mute', pressed: muted })
    expect(face({ microphone: missing })).toBe('No microphone')
    const deaf = withState({ microphone: missing, mode: 'hands-free', presence: 'idle' }).state
    expect(talkFace(deaf).status).not.toMatch(/listening/i)
  })

  it('[A270] hands-free says whether anything is sent', () => {
    const said = (sending: AppState['sending'], mode: AppState['mode'] = 'hands-free'): string =>
      talkFace(withState({ mode, presence: 'idle', microphone: { type: 'open' }, ...(sending && { sending }) }).state)
        .status
    expect(said('nothing')).toBe('Listening; nothing is sent')
    expect(said('speech')).toBe('Sending what you say')
    for (const all of ['all', 'unjudged', undefined] as const) expect(said(all)).toBe('Listening for you')
    expect(said('nothing', 'hold')).toBe('Ready')
  })

  it('[W36] the chart holds every sample of five minutes within its frame, newest at the right', () => {
    const nowMs = 1_000_000
    const samples = [400_000, 700_000, 850_000, 1_000_000].map((atMs, at) => ({ atMs, roundTripMs: 40 + at * 100 }))
    const { points, scaleMs } = chartPoints(samples, nowMs)
    expect(scaleMs).toBeGreaterThanOrEqual(340)
    expect(points).toHaveLength(3)
    expect(points.at(-1)?.[0]).toBe(320)
    for (const [x, y] of points) expect(x >= 0 && x <= 320 && y >= 0 && y <= 96).toBe(true)
  })
})
