// A model server on this machine, as a real HTTP server: asked, streamed, left alone when it fails.
import { describe, expect, it } from 'vitest'
import type { MindTool, Thought } from '../../../src/engine/ports.ts'
import { chunk, serveModel, talkTo, words, type Chat } from '../../support/model-server.ts'
import { runTask } from '../../support/task-runner.ts'
import { createTalk } from '../../support/talk.ts'

const weather: MindTool = {
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
}

describe('a model on this machine', () => {
  it('[M14] answers what the skills leave to it, clause by clause while it still thinks', async () => {
    let finish: () => void = () => undefined
    const { url, bodies } = await serveModel((_body, response) => {
      response.write(words('Paris is the capi', 'tal of France. It lies', ' on the'))
      finish = () => response.end(`${words(' Seine.')}data: [DONE]\n\n`)
    })
    const { mind, memos } = talkTo(url)
    memos.push({ type: 'message', role: 'user', text: 'what is the capital of France' })
    const ask = {
      session: 'one',
      memos,
      instructions: 'You are Parley.',
      tools: [],
      toolChoice: 'auto' as const,
      signal: new AbortController().signal,
    }
    const thoughts: Thought[] = []
    for await (const thought of mind.reply(ask)) {
      thoughts.push(thought)
      finish()
    }
    expect(thoughts).toEqual([
      { type: 'text', text: 'Paris is the capital of France. ' },
      { type: 'text', text: 'It lies on the Seine.' },
    ])
    expect(bodies[0]).toMatchObject({ model: 'small', stream: true })
    expect(bodies[0]!.messages[0]!.content).toMatch(/^You are Parley\./)
    expect(bodies[0]!.messages[1]).toEqual({ role: 'user', content: 'what is the capital of France' })
  })

  it('[M14] is not asked what this machine knows exactly', async () => {
    const { url, bodies } = await serveModel((_body, response) => void response.end(words('wrong')))
    const { say } = talkTo(url)
    expect(await say('what time is it')).toMatch(/6:02/)
    expect(await say('set a timer for 5 minutes')).toMatch(/5 minutes/)
    expect(await say("what's 25 times 17")).toMatch(/425/)
    expect(await say('my favourite colour is blue')).toMatch(/blue/)
    expect(await say('what is my favourite colour')).toMatch(/blue/)
    expect(bodies).toEqual([])
    expect(await say('hello')).toBe('wrong')
  })

  it('[M14] its private thinking and its markup are not spoken', async () => {
    const { url } = await serveModel(
      (_body, response) => void response.end(words('<thi', 'nk>secret plan</th', 'ink>\n\n**Hello** ', '`there`.')),
    )
    expect(await talkTo(url).say('hello')).toBe(' Hello there.')
  })

  it('[M14] its tool calls are put together from pieces; what was not offered is not called', async () => {
    const { url, bodies } = await serveModel((_body, response) => {
      response.write(
        chunk({ tool_calls: [{ index: 0, id: 'x', function: { name: 'get_weather', arguments: '{"loc' } }] }),
      )
      response.write(chunk({ tool_calls: [{ index: 0, function: { arguments: 'ation":"Oslo"}' } }] }))
      response.write(chunk({ tool_calls: [{ index: 1, function: { name: 'delete_everything', arguments: '{}' } }] }))
      response.end(chunk({ tool_calls: [{ index: 2, function: { name: 'get_weather', arguments: 'not json' } }] }))
    })
    expect(await talkTo(url, [weather]).say('is it nice out in Oslo?')).toBe('[get_weather {"location":"Oslo"}]')
    expect(bodies[0]!.tools!.map((tool) => tool.function.name)).toEqual(['get_weather'])
  })

  it('[M14] words the result of a call, told in the form that servers know', async () => {
    const { url, bodies } = await serveModel((_body, response) => void response.end(words('It is sunny.')))
    const { memos, reply } = talkTo(url, [weather])
    memos.push(
      { type: 'result', callId: 'lost', output: 'from an older session' },
      { type: 'message', role: 'user', text: 'weather in Oslo?' },
      { type: 'call', callId: 'c1', name: 'get_weather', arguments: '{"location":"Oslo"}' },
      { type: 'result', callId: 'c1', output: 'sunny' },
    )
    expect(await reply()).toEqual([{ type: 'text', text: 'It is sunny.' }])
    expect(bodies[0]!.messages.slice(1)).toEqual([
      { role: 'user', content: 'weather in Oslo?' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{"location":"Oslo"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
    ])
  })

  const failures: readonly (readonly [string, Chat])[] = [
    ['answers with an error', (_body, response) => void response.writeHead(500).end('out of memory')],
    ['breaks off', (_body, response) => void response.destroy()],
    [
      'sends what nobody can read',
      (_body, response) => void response.end('data: {"choices":[{"delta":{"content":5}}]}\n\n<html>'),
    ],
    ['says nothing', (_body, response) => void response.end('data: [DONE]\n\n')],
    ['sends elsewhere', (_body, response) => void response.writeHead(307, { location: 'http://example.com/' }).end()],
  ]
  it.each(failures)('[M15] one that %s is replaced by the skills', async (_name, chat) => {
    const { url } = await serveModel(chat)
    expect(await talkTo(url).say('how are you?')).toMatch(/running well/)
  })

  it('[M15] one that is slow to begin is not waited for, and left alone until the next look-round', async () => {
    const { url, bodies, asked } = await serveModel(() => undefined)
    const talk = talkTo(url)
    const answer = talk.say('how are you?')
    await asked
    talk.clock.pass(3_000)
    expect(await answer).toMatch(/running well/)
    expect(await talk.say('tell me a joke')).toMatch(/joke/)
    expect(bodies).toHaveLength(1)
  })

  it('[M15] half an answer is kept when the rest does not come', async () => {
    const { url, asked } = await serveModel(
      (_body, response) => void response.write(words('The first half is here. And the', ' second')),
    )
    const talk = talkTo(url)
    const thoughts: string[] = []
    const ask = {
      session: 'one',
      instructions: '',
      tools: [],
      toolChoice: 'auto' as const,
      signal: new AbortController().signal,
    }
    for await (const thought of talk.mind.reply({
      ...ask,
      memos: [{ type: 'message', role: 'user', text: 'hello' }],
    })) {
      thoughts.push(thought.type === 'text' ? thought.text : '')
      await asked
      talk.clock.pass(5_000)
    }
    expect(thoughts.join('')).toBe('The first half is here. And the second')
  })

  it('[M15] an abort ends the answer and the request', async () => {
    let gone: () => void = () => undefined
    const closed = new Promise<void>((resolve) => (gone = resolve))
    const { url } = await serveModel((_body, response) => {
      response.on('close', gone)
      response.write(words('A long story begins here. And'))
    })
    const stop = new AbortController()
    const { mind } = talkTo(url)
    const thoughts: Thought[] = []
    const ask = { session: 'one', instructions: '', tools: [], toolChoice: 'auto' as const, signal: stop.signal }
    for await (const thought of mind.reply({ ...ask, memos: [{ type: 'message', role: 'user', text: 'hello' }] })) {
      thoughts.push(thought)
      stop.abort()
    }
    await closed
    expect(thoughts).toEqual([{ type: 'text', text: 'A long story begins here. ' }])
  })

  it('[M15] nothing is sent to another machine, nor to a server without a model that talks', async () => {
    const asked: string[] = []
    const { url, bodies } = await serveModel((_body, response) => void response.end(words('no')), {
      data: [{ id: 'nomic-embed' }],
    })
    const fetched = globalThis.fetch
    globalThis.fetch = (input, init) => {
      asked.push(new URL(input instanceof Request ? input.url : input).hostname)
      return fetched(input, init)
    }
    try {
      for (const named of ['http://192.0.2.1:11434', 'https://example.com', 'http://127.0.0.1.example.com', 'no', url])
        expect(await talkTo(named).say('how are you?')).toMatch(/running well/)
    } finally {
      globalThis.fetch = fetched
    }
    expect(asked).toEqual(['127.0.0.1'])
    expect(bodies).toEqual([])
  })

  it('[M15] one that is started later is found at the next look-round', async () => {
    const models: { data: unknown[] } = { data: [] }
    const { url } = await serveModel((_body, response) => void response.end(words('Here I am.')), models)
    let tell: () => void = () => undefined
    const found = new Promise<void>((resolve) => (tell = resolve))
    const talk = createTalk({ localModel: { url, probeEveryMs: 1_000 }, log: () => tell() })
    expect(await talk.say('how are you?')).toMatch(/running well/)
    models.data = [{ id: 'small' }]
    expect(await talk.say('how are you?')).toMatch(/running well/)
    talk.clock.pass(1_000)
    await talk.say('thanks')
    await found
    expect(await talk.say('how are you?')).toBe('Here I am.')
  })

  it('[N43] works on a task with the tools, and when it fails, what is no errand is refused', async () => {
    let broken = false
    const { url, bodies } = await serveModel((body, response) => {
      if (broken) return void response.writeHead(500).end()
      const isAnswered = body.messages.some(({ role }) => role === 'tool')
      if (isAnswered) return void response.end(words('It is sunny in Oslo.'))
      response.end(
        chunk({ tool_calls: [{ index: 0, function: { name: 'get_weather', arguments: '{"location":"Oslo"}' } }] }),
      )
    })
    const seen = { ...weather, run: () => 'sunny' }
    const talk = talkTo(url, [weather])
    const done = await runTask('Is it nice out there?', [seen], talk.mind)
    expect(done).toMatchObject({ calls: ['get_weather {"location":"Oslo"}'], answer: 'It is sunny in Oslo.' })
    expect(bodies[0]!.messages[0]!.content).toMatch(/one step at a time/)
    broken = true
    expect(await runTask('Is it nice out there?', [seen], talk.mind)).toMatchObject({ calls: [], isRefused: true })
  })
})
