// The protocol of tool servers as the odd ones beside this file speak it: what each does differently stands in its own file.
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** Every process writes itself down, so that a test can look whether it is gone, and how often it was started. */
export function noteProcess(pid = process.pid) {
  if (process.env.ODD_NOTES) appendFileSync(process.env.ODD_NOTES, `${process.argv[2]} ${pid}\n`)
}

export const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

export const tool = (name, more = {}) => ({
  name,
  description: `does ${name}`,
  inputSchema: { type: 'object' },
  ...more,
})

/**
 * Each answer is a function of the request's params and id that gives a result, `{ error }`, or undefined for none.
 * @param {{ tools?: unknown[], answers?: Record<string, (params: any, id: number) => any>, more?: object, capabilities?: object }} how
 */
export function serve({ tools = [], answers = {}, more = {}, capabilities = { tools: {} } } = {}) {
  noteProcess()
  const known = {
    initialize: ({ protocolVersion }) => ({
      protocolVersion,
      capabilities,
      serverInfo: { name: 'odd', version: '1' },
      ...more,
    }),
    'tools/list': () => ({ tools }),
    'tools/call': ({ name, arguments: given }) => ({
      content: [{ type: 'text', text: `${name} ${JSON.stringify(given)}` }],
    }),
    ...answers,
  }
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line)
    if (id === undefined || method === undefined) return
    const answer = known[method] ? known[method](params, id) : { error: { code: -32601, message: 'Method not found' } }
    if (answer === undefined) return
    const isError = typeof answer === 'object' && answer !== null && 'error' in answer
    send(isError ? { id, error: answer.error } : { id, result: answer })
  })
}
