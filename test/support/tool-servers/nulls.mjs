// Writes null wherever it has nothing to say.
import { serve } from './speak.mjs'
const nothing = { title: null, description: null, annotations: null, outputSchema: null, _meta: null }
serve({
  tools: [{ name: 'good', inputSchema: { type: 'object', properties: null, required: null }, ...nothing }],
  answers: {
    'tools/list': () => ({
      tools: [{ name: 'good', inputSchema: { type: 'object', properties: null, required: null }, ...nothing }],
      nextCursor: null,
    }),
  },
})
