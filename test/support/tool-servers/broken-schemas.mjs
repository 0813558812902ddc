// Schemas that are none, or of no object, or endless; and a good one.
import { serve, tool } from './speak.mjs'
let deep = { type: 'object' }
for (let at = 0; at < 500; at++) deep = { type: 'object', properties: { deep } }
const huge = {
  type: 'object',
  properties: { one: { enum: Array.from({ length: 190 }, (_, at) => `${at}`.padEnd(400, 'x')) } },
}
serve({
  tools: [
    tool('text', { inputSchema: 'object' }),
    tool('list', { inputSchema: [] }),
    tool('string', { inputSchema: { type: 'string' } }),
    tool('never', { inputSchema: false }),
    tool('deep', { inputSchema: deep }),
    tool('huge', { inputSchema: huge }),
    tool('good'),
  ],
})
