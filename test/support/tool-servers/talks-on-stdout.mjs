// Greets and logs where only the protocol belongs.
import { serve, tool } from './speak.mjs'
process.stdout.write('Welcome to Odd Server v1!\n\n{"level":"info"}\n[1,2]\nnull\n')
serve({
  tools: [tool('good')],
  answers: {
    'tools/call': () => {
      process.stdout.write('[info] working…\n')
      return { content: [{ type: 'text', text: 'done' }] }
    },
  },
})
