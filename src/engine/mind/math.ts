// The one instance of mathjs, loaded when somebody first asks for a sum: a tenth of a second then, and nothing at the start. Only
// plain expressions checked by the callers reach it. Taken as the package's one-file build: its thousand modules take seconds.
import { createRequire } from 'node:module'
import type * as mathjsModule from 'mathjs'

type Math = ReturnType<typeof mathjsModule.create>

let made: Math | null = null

export function math(): Math {
  made ??= make()
  return made
}

function make(): Math {
  const mathjs = createRequire(import.meta.url)('mathjs/lib/browser/math.js') as typeof mathjsModule
  const own = mathjs.create(mathjs.all ?? {})
  // mathjs has no knot.
  own.createUnit('knot', { definition: '1852 m/hour' })
  return own
}
