// Asks for everything that it might be given before it answers anything.
import { serve, send, tool } from './speak.mjs'
serve({
  tools: [tool('good')],
  answers: {
    'tools/call': () => {
      for (const method of ['sampling/createMessage', 'roots/list', 'elicitation/create', 'ping', 'odd/question'])
        send({ id: method, method, params: {} })
      send({ method: 'notifications/odd', params: null })
      return { content: [{ type: 'text', text: 'asked' }] }
    },
  },
})
