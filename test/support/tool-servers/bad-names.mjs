// Tools without a name, with a number for one, with one that can't be seen, with one of a kilobyte; and a good one.
import { serve, tool } from './speak.mjs'
serve({
  tools: [
    tool(''),
    tool(7),
    { description: 'nameless' },
    'a text',
    null,
    tool('a\u200bb'),
    tool('n'.repeat(1_024)),
    tool('good'),
  ],
})
