// Has tools, as it says, and can't list them.
import { serve } from './speak.mjs'
serve({ answers: { 'tools/list': () => ({ error: { code: -32603, message: 'The catalogue is away.' } }) } })
