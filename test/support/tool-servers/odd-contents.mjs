// Answers calls with contents that the protocol does not know, or that are not as it says.
import { serve, tool } from './speak.mjs'
const results = {
  unknown: {
    content: [
      { type: 'hologram', data: 'x' },
      { type: 'text', text: 'and words' },
    ],
  },
  structured: { content: [], structuredContent: { degrees: 21 } },
  list: { structuredContent: [1, 2] },
  text: { content: 'a text' },
  nulls: {
    content: [null, { type: 'text', text: null }, { type: 'resource', resource: null }],
    isError: null,
    structuredContent: null,
  },
  bare: 'only a text',
  nothing: {},
  null: null,
}
serve({ tools: Object.keys(results).map((name) => tool(name)), answers: { 'tools/call': ({ name }) => results[name] } })
