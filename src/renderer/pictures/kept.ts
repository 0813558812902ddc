// Pictures of the conversation as addresses for images: asked for when they are first shown, and remembered for a while.
import { useEffect, useState } from 'preact/hooks'
import type { App } from '../actions.ts'
import { useApp } from '../hooks.ts'

const mostRemembered = 48
const remembered = new WeakMap<App, Map<string, Promise<string | null>>>()

function urlOf(app: App, digest: string): Promise<string | null> {
  const known = remembered.get(app) ?? new Map<string, Promise<string | null>>()
  remembered.set(app, known)
  const before = known.get(digest)
  if (before) return before
  const asked = app
    .ask('picture', { digest })
    .then((reply) => (reply.ok ? `data:${reply.value.type};base64,${reply.value.data}` : null))
  known.set(digest, asked)
  const [oldest] = known.keys()
  if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest)
  // What could not be had is asked for again when it is shown again.
  void asked.then((url) => (url === null ? known.delete(digest) : true))
  return asked
}

export function forgetPicture(app: App, digest: string): void {
  remembered.get(app)?.delete(digest)
}

/** Null until it is there. */
export function usePictureUrl(digest: string | null): string | null {
  const app = useApp()
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let isHere = true
    setUrl(null)
    if (digest !== null) void urlOf(app, digest).then((found) => isHere && setUrl(found))
    return () => {
      isHere = false
    }
  }, [app, digest])
  return url
}
