// Speaks the protocol's first version, and gives the numbers of questions back as text.
import { serve, send, tool } from './speak.mjs'
const late = (result) => (_, id) => void send({ id: String(id), result })
serve({
  more: { protocolVersion: '2024-11-05' },
  answers: {
    'tools/list': late({ tools: [tool('good')] }),
    'tools/call': late({ content: [{ type: 'text', text: 'old' }] }),
  },
})
