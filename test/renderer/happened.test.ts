// @vitest-environment happy-dom
import { createElement, render } from 'preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { App } from '../../src/renderer/actions.ts'
import { AppContext } from '../../src/renderer/hooks.ts'
import { HappenedAt } from '../../src/renderer/panels/happened.tsx'
import { createStore, unknown } from '../../src/renderer/store.ts'

/** The last moment of a minute, when the panel was begun. */
const nowMs = new Date(2026, 10, 22, 10, 41, 59, 999).getTime()

beforeEach(() => void vi.setSystemTime(nowMs + 1))
afterEach(() => void vi.useRealTimers())

describe('the minute that is asked about', () => {
  it('[W64] is one that may be, also when the clock turns while the panel opens', () => {
    const app = { store: createStore(unknown) } as App
    render(createElement(AppContext.Provider, { value: app }, createElement(HappenedAt, { nowMs })), document.body)
    const field = document.querySelector<HTMLInputElement>('input[type=datetime-local]')!
    expect(field.value).toBe('2026-11-22T10:41')
    expect(field.value <= field.max).toBe(true)
  })
})
