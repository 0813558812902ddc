// Answers every call with an error of the kind that its tool is called by, and goes on.
import { serve, tool } from './speak.mjs'
const kinds = {
  closed: { error: { code: -32000, message: 'The upstream said no.' } },
  late: { error: { code: -32001, message: 'The upstream was late.' } },
  internal: { error: { code: -32603, message: 'Something inside broke.' } },
  text: { error: 'only a text' },
  wordless: { error: { code: 'E_ODD' } },
  said: { content: [{ type: 'text', text: 'I could not.' }], isError: true },
}
serve({
  tools: [...Object.keys(kinds), 'good'].map((name) => tool(name)),
  answers: { 'tools/call': ({ name }) => kinds[name] ?? { content: [{ type: 'text', text: 'well' }] } },
})
