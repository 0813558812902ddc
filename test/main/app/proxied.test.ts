// The whole app behind a proxy of a company's: what it sees is host names and bytes that it can't read.
import { onTestFinished, expect, it } from 'vitest'
import { companyApp } from '../../support/company-app.ts'
import { openApp } from '../../support/opened-app.ts'
import { createScriptedResponses } from '../../support/scripted-responses.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

const key = 'canary7f3a9c51e2bd4806'

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
  ['with a password', { name: 'me', password: 'p@ss:w%rd' }],
])('[C221] behind a proxy %s one talks, types, has tools and tasks done, is cut off and goes on', async (_, user) => {
  const agent = await createScriptedResponses({
    mind: () => [
      { type: 'message', id: 'm1', role: 'assistant', content: [{ type: 'output_text', text: 'Forty-two.' }] },
    ],
  })
  onTestFinished(() => agent.close())
  const company = companyApp({ key, user, agentPort: Number(new URL(agent.url).port), isInEnvironment: true })
  const { live, ask, notice, server, told } = await openApp(company.start)
  const proxy = company.proxy()
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
    new Set([user === null ? null : `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`]),
  )
  expect(proxy.seen().length).toBeGreaterThan(10_000)
  // Long enough not to stand by chance in what is encrypted.
  for (const secret of [key, 'Bearer', 'How high', 'Forty-two', '/v1/realtime'])
    expect(proxy.seen()).not.toContain(secret)
  expect((await ask('look', null)).health.proxy).toBe(proxy.host)
  expect(JSON.stringify([told, await ask('diagnostics', null)])).not.toMatch(/p@ss|p%40ss|cEBzc/)
})
