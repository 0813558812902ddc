// Has nothing at all, and knows no question.
import { serve } from './speak.mjs'
serve({ capabilities: {}, answers: { 'tools/list': () => ({ error: { code: -32601, message: 'Method not found' } }) } })
