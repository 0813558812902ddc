// What parts of the window look at: the app, a piece of what is known, the time, the width of the screen.
import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { App } from './actions.ts'
import type { Known, Store } from './store.ts'

export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = useContext(AppContext)
  if (app === null) throw new Error('a part of the window stands outside the app')
  return app
}

export function useStore<Value>(store: Store<Value>): Value {
  const [value, setValue] = useState(store.value)
  useEffect(() => {
    setValue(store.value())
    return store.listen(() => setValue(store.value()))
  }, [store])
  return value
}

export function useKnown(): Known {
  return useStore(useApp().store)
}

/** Wall clock, milliseconds; moves every `everyMs`. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
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
