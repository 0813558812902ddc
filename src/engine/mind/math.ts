// The one instance of mathjs, loaded and warmed with the module: the first sum of a process costs a second otherwise,
// and it should not be in somebody's question. Only plain expressions checked by the callers reach it.
import { all, create } from 'mathjs'

export const math = create(all ?? {})

// mathjs has no knot.
math.createUnit('knot', { definition: '1852 m/hour' })
math.evaluate('sqrt(1+1)^2')
math.unit(1, 'mile').toNumber('km')
