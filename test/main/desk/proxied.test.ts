// The whole desk behind a proxy of a company's: what it sees is host names and bytes that it can't read.
import { onTestFinished, expect, it } from 'vitest'
import { openConnectProxy, type ConnectProxy } from '../../support/connect-proxy.ts'
import { startDesk, type StartedDesk } from '../../support/desk-start.ts'
import { createScriptedResponses, type ScriptedResponses } from '../../support/scripted-responses.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { openTlsFront } from '../../support/tls-front.ts'

const key = 'canary7f3a9c51e2bd4806'
const password = 'p@ss:w%rd'

interface ProxiedDesk extends StartedDesk {
  proxy: ConnectProxy
  agent: ScriptedResponses
}

async function startBehindProxy(
  user: string | null,
  settings: Parameters<typeof startDesk>[0] = {},
): Promise<ProxiedDesk> {
  const agent = await createScriptedResponses({
    mind: () => [
      { type: 'message', id: 'm1', role: 'assistant', content: [{ type: 'output_text', text: 'Forty-two.' }] },
    ],
  })
  const env: NodeJS.ProcessEnv = {}
  const closing: (() => Promise<void>)[] = [() => agent.close()]
  let proxy: ConnectProxy | null = null
  const desk = await startDesk({
    env,
    key,
    ...settings,
    settings: {
      endpoint: { kind: 'compatible', baseUrl: 'wss://voice.example/v1', model: 'scripted' },
      ...settings.settings,
    },
    async before(host) {
      const front = await openTlsFront('voice.example', {
        '/v1/responses': Number(new URL(agent.url).port),
        '/v1/realtime': Number(host.split(':')[1]),
      })
      proxy = await openConnectProxy({ leads: { 'voice.example:443': front.port }, ...(user === null ? {} : { user }) })
      const given = user === null ? '' : `me:${encodeURIComponent(password)}@`
      env['HTTPS_PROXY'] = `http://${given}${proxy.host}`
      env['NODE_EXTRA_CA_CERTS'] = front.authority
      closing.push(() => front.close(), proxy.close)
    },
  })
  onTestFinished(async () => {
    for (const close of closing) await close()
  })
  return { ...desk, proxy: proxy!, agent }
}

const begun = { object: 'realtime.response', conversation_id: 'conv' }

function call(service: ScriptedConnection, id: string, name: string, given: object): void {
  const item = { id: `fc_${id}`, type: 'function_call', status: 'completed', call_id: id, name }
  const asked = { ...item, arguments: JSON.stringify(given) }
  service.send({ type: 'response.created', response: { ...begun, id: `r_${id}`, status: 'in_progress', output: [] } })
  service.send({ type: 'conversation.item.added', previous_item_id: null, item: asked })
  service.send({ type: 'response.done', response: { ...begun, id: `r_${id}`, status: 'completed', output: [asked] } })
}

async function outputOf(service: ScriptedConnection, id: string): Promise<string> {
  for (;;) {
    const { item } = await service.next('conversation.item.create')
    if (item.type === 'function_call_output' && item.call_id === id) return item.output
  }
}

/** Resolves when an item with these words has come. */
async function given(service: ScriptedConnection, words: string): Promise<void> {
  while (!JSON.stringify((await service.next('conversation.item.create')).item).includes(words));
}

it.each([
  ['without a password', null],
  ['with a password', `me:${password}`],
])('[C221] behind a proxy %s one talks, types, has tools and tasks done, is cut off and goes on', async (_, user) => {
  const { proxy, agent, live, ask, notice, server, told } = await startBehindProxy(user)
  const service = await live()
  service.hearTurn('u1', null, 'How high is it?')
  const answer = { response: 'r1', item: 'a1' }
  service.beginAnswer({ ...answer, previous: 'u1' })
  service.speak(answer, 'A thousand metres.', 100)
  service.endAnswer(answer, 'A thousand metres.')
  await notice('change', ({ stored: { change } }) => change.type === 'played' && !change.cut)
  await ask('say', { text: 'And how wide?' })
  await given(service, 'And how wide?')
  call(service, 'c1', 'list_timers', {})
  expect(await outputOf(service, 'c1')).toMatch(/timer/i)
  call(service, 'c2', 'ask_agent', { task: 'Work it out' })
  const { over } = await agent.request(1)
  expect(over).toBe('socket')
  await notice('tasks', ({ tasks }) => tasks.some(({ state: is, result }) => is === 'done' && result === 'Forty-two.'))

  proxy.cut()
  const next = await server.connection()
  await given(next, 'A thousand metres.')
  await ask('say', { text: 'Still there?' })
  await given(next, 'Still there?')

  for (const { request } of [service, next]) {
    expect(request.headers.authorization).toBe(`Bearer ${key}`)
    expect(request.headers).not.toHaveProperty('proxy-authorization')
  }
  expect(new Set(proxy.asked)).toEqual(new Set(['voice.example:443']))
  expect(new Set(proxy.credentials)).toEqual(
    new Set([user === null ? null : `Basic ${Buffer.from(user).toString('base64')}`]),
  )
  expect(proxy.seen().length).toBeGreaterThan(10_000)
  for (const secret of [key, 'Bearer', 'How high', 'Forty-two', '/v1']) expect(proxy.seen()).not.toContain(secret)
  expect((await ask('look', null)).health.proxy).toBe(proxy.host)
  expect(JSON.stringify([told, await ask('diagnostics', null)])).not.toMatch(/p@ss|p%40ss|cEBzc/)
})
