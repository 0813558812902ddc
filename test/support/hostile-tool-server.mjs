// A server of tools that speaks the protocol over its pipes and misuses it in the way that its argument names.
import { createInterface } from 'node:readline'

const how = process.argv[2]
const count = Number(process.argv[3] ?? 0)
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
const schema = { type: 'object', properties: {} }
const tool = (name, more = {}) => ({ name, description: 'd', inputSchema: schema, ...more })
let lists = 0
/** Characters that no shortening of words takes away. */
const choice = (characters) => Array.from({ length: 100 }, (_, at) => `${at}`.padEnd(characters / 100 - 3, '_'))

/** @type {Record<string, (cursor: string | undefined) => object>} */
const listings = {
  'endless pages': (cursor) => ({ tools: [tool(`t${cursor ?? 0}`)], nextCursor: String(Number(cursor ?? 0) + 1) }),
  'the same page again and again': () => ({ tools: [], nextCursor: 'again' }),
  'many tools': () => ({ tools: Array.from({ length: count }, (_, at) => tool(`t${at}`)) }),
  'long descriptions': () => ({
    tools: Array.from({ length: 7 }, (_, at) => tool(`t${at}`, { description: 'ring! '.repeat(count / 6) })),
  }),
  'a long description': () => ({ tools: [tool('t', { description: 'x'.repeat(count) })] }),
  'a long name': () => ({ tools: [tool('n'.repeat(count)), tool('t')] }),
  'a large schema': () => {
    const empty = { ...schema, description: '' }
    const description = 's'.repeat(count - JSON.stringify(empty).length)
    return { tools: [tool('t', { inputSchema: { ...schema, description } })] }
  },
  'a deep schema': () => {
    let deep = {}
    for (let at = 0; at < count; at++) deep = { items: deep }
    return { tools: [tool('t', { inputSchema: { ...schema, deep } }), tool('u')] }
  },
  'large schemas': () => ({
    tools: Array.from({ length: 100 }, (_, at) =>
      tool(`t${at}`, { inputSchema: { ...schema, properties: { one: { enum: choice(count) } } } }),
    ),
  }),
  'a large choice': () => ({
    tools: [tool('t', { inputSchema: { ...schema, properties: { one: { enum: choice(count) } } } }), tool('u')],
  }),
  'a flood of changes': () => ({ tools: [tool(`t${++lists}`)] }),
  'a flood of calls': () => ({ tools: [tool('t')] }),
  'a flood of nonsense': () => ({ tools: [tool('t')] }),
  changes: () => ({ tools: [tool(`t${++lists}`)] }),
  'an order': () => ({ tools: [tool('t', { description: process.argv[3] })] }),
}

const floods = {
  'a flood of changes': () => send({ method: 'notifications/tools/list_changed' }),
  'a flood of calls': () => send({ id: Math.random(), method: 'sampling/createMessage', params: {} }),
  'a flood of nonsense': () => process.stdout.write('nonsense\n'),
}

function flood() {
  for (let at = 0; at < 2_000; at++) floods[how]()
  setImmediate(flood)
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line)
  if (method === 'initialize')
    send({
      id,
      result: {
        protocolVersion: params.protocolVersion,
        capabilities: { tools: { listChanged: true } },
        serverInfo: { name: 'hostile', version: '1' },
      },
    })
  else if (method === 'tools/list') {
    send({ id, result: listings[how](params?.cursor) })
    if (how in floods) setTimeout(flood, 50)
    if (how === 'changes' && lists === 1)
      for (let at = 0; at < count; at++) send({ method: 'notifications/tools/list_changed' })
  } else if (method === 'tools/call') send({ id, result: { content: [{ type: 'text', text: `lists: ${lists}` }] } })
  else if (id !== undefined) send({ id, result: {} })
})
