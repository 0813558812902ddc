// What parts of the window look at: the app, a piece of what is known, the time, the width of the screen.
import { createContext } from 'preact'
import { useContext, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Needed } from '../core/devices/rights.ts'
import { languageFor, type Language } from '../core/language/language.ts'
import type { App } from './actions.ts'
import { mayDo, type Known, type Store } from './store.ts'

/** Around everything that shows a text: it is drawn anew when the language is another. */
export const LanguageContext = createContext<Language>(languageFor('en', []))

/** The texts, times and figures of the language that the window speaks. */
export function useLanguage(): Language {
  return useContext(LanguageContext)
}

export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = useContext(AppContext)
  if (app === null) throw new Error('a part of the window stands outside the app')
  return app
}

export function useStore<Value>(store: Store<Value>): Value {
  return useSelected(store, itself)
}

const itself = <Value>(value: Value): Value => value

/** Draws anew only when what is selected is another value. */
export function useSelected<Value, Part>(
  store: Store<Value>,
  select: (value: Value) => Part,
  same: (one: Part, other: Part) => boolean = Object.is,
): Part {
  const part = select(store.value())
  const [, redraw] = useState(0)
  const shown = useRef({ part, select, same })
  useLayoutEffect(() => {
    shown.current = { part, select, same }
  })
  useEffect(() => {
    const look = (): void => {
      const { part: before, select: selected, same: isSame } = shown.current
      if (!isSame(selected(store.value()), before)) redraw((times) => times + 1)
    }
    look()
    return store.listen(look)
  }, [store])
  return part
}

/** A part of what is known; one that is made anew each time says when it is the same. */
export function useKnown<Part>(select: (known: Known) => Part, same?: (one: Part, other: Part) => boolean): Part {
  return useSelected(useApp().store, select, same)
}

/** Whether the device that shows this may do that; the computer's own window may do everything. */
export function useMay(needed: Needed): boolean {
  return useKnown((known) => mayDo(known, needed))
}

/** Words of that turn that are not final yet; empty for none. */
export function useCaption(item: string): string {
  const { speech } = useApp()
  const text = speech.caption(item)
  const [, redraw] = useState(0)
  const shown = useRef(text)
  useLayoutEffect(() => {
    shown.current = text
  })
  useEffect(() => {
    const look = (): void => {
      if (speech.caption(item) !== shown.current) redraw((times) => times + 1)
    }
    look()
    return speech.listen(item, look)
  }, [speech, item])
  return text
}

/** Wall clock, milliseconds; moves every `everyMs`. */
export function useNow(everyMs: number): number {
  const app = useApp()
  const [nowMs, setNowMs] = useState(() => app.nowMs())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(app.nowMs()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}

/** Whether the window is as wide as so many rem: with larger text there is room for less. */
export function useRoom(rem: number): boolean {
  const textSize = useKnown((known) => known.settings.textSize)
  return useMedia(`(min-width: ${rem * 16 * (textSize / 100)}px)`)
}

/** @param query a media query */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const follow = (): void => setMatches(list.matches)
    follow()
    list.addEventListener('change', follow)
    return () => list.removeEventListener('change', follow)
  }, [query])
  return matches
}
