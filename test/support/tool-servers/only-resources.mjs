// Has texts and no tools; asked for tools it says nothing, ever.
import { serve } from './speak.mjs'
serve({
  capabilities: { resources: {} },
  answers: {
    'tools/list': () => undefined,
    'resources/list': () => ({ resources: [{ uri: 'odd://one', name: 'One' }, null, { uri: 7 }], nextCursor: null }),
    'resources/read': ({ uri }) => ({
      contents: [
        { uri, text: `the text of ${uri}` },
        { uri: 'odd://picture', blob: 'AA==' },
      ],
    }),
  },
})
