// Is ready, and ends at once: again and again, as often as it is started.
import { serve, tool } from './speak.mjs'
serve({
  tools: [tool('good')],
  answers: {
    'tools/list': () => {
      setTimeout(() => process.exit(3), 20)
      return { tools: [tool('good')] }
    },
  },
})
