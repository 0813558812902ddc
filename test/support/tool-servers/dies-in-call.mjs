// Ends in the middle of what it is asked for.
import { serve, tool } from './speak.mjs'
serve({ tools: [tool('die')], answers: { 'tools/call': () => process.exit(5) } })
