// Schemas as generators write them: references, circles, unions, nothing where something is expected. Says back what it is given.
import { serve, tool } from './speak.mjs'
const circle = {
  type: 'object',
  properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
}
serve({
  tools: [
    tool('bare'),
    tool('absent', { inputSchema: undefined }),
    tool('null', { inputSchema: null }),
    tool('everything', { inputSchema: true }),
    tool('list', { inputSchema: { type: 'object', properties: { list: { type: 'array' } } } }),
    tool('circle', { inputSchema: { $ref: '#/$defs/node', $defs: { node: circle } } }),
    tool('union', {
      inputSchema: {
        oneOf: [
          { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
          { type: 'object', properties: { b: true } },
        ],
      },
    }),
  ],
})
