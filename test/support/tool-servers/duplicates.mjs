// Two tools of one name, and two whose names come to the same where only some characters are allowed.
import { serve, tool } from './speak.mjs'
serve({ tools: [tool('twice'), tool('twice'), tool('a.b'), tool('a b'), tool('good')] })
