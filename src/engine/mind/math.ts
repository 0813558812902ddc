// The one instance of mathjs, loaded and warmed with the module: the first sum of a process costs a second otherwise,
// and it should not be in somebody's question. Only plain expressions checked by the callers reach it.
// Taken as the package's one-file build: its thousand modules take seconds to load.
import mathjs from 'mathjs/lib/browser/math.js'

export const math = mathjs.create(mathjs.all ?? {})

// mathjs has no knot.
math.createUnit('knot', { definition: '1852 m/hour' })
math.evaluate('sqrt(1+1)^2')
math.unit(1, 'mile').toNumber('km')
