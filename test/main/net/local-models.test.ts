import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findLocalModels } from '../../../src/main/net/local-models.ts'

/** A model server's stand-in on loopback; gives its port. */
async function serve(status: number, body: string, headers: Record<string, string> = {}): Promise<number> {
  const server: Server = createServer((request, response) => {
    response.writeHead(request.url === '/v1/models' ? status : 404, headers).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const list = (...ids: string[]): string => JSON.stringify({ object: 'list', data: ids.map((id) => ({ id })) })

describe('looking for a model on this computer', () => {
  it('[M22] tells who answers, at which port, with which models that can talk', async () => {
    const ollama = await serve(200, list('llama3.2:3b', 'nomic-embed-text', 'qwen3:8b'))
    const studio = await serve(200, list('gemma-3-4b'))
    const found = await findLocalModels(fetch, [
      { name: 'Ollama', port: ollama },
      { name: 'LM Studio', port: studio },
    ])
    expect(found).toEqual([
      { name: 'Ollama', port: ollama, models: ['llama3.2:3b', 'qwen3:8b'] },
      { name: 'LM Studio', port: studio, models: ['gemma-3-4b'] },
    ])
  })

  it('[W182] a model that is only passed on to somewhere else is not offered', async () => {
    const port = await serve(200, list('gpt-oss:120b-cloud', 'minimax-m2:cloud', 'cloud-atlas:7b'))
    const found = await findLocalModels(fetch, [{ name: 'Ollama', port }])
    expect(found).toEqual([{ name: 'Ollama', port, models: ['cloud-atlas:7b'] }])
  })

  it('[M22] what is no model server is none: nobody there, another page, an error, a way elsewhere, no model', async () => {
    const elsewhere = await serve(200, list('gemma-3-4b'))
    const gone = createServer().listen(0, '127.0.0.1')
    await once(gone, 'listening')
    const { port: closed } = gone.address() as AddressInfo
    gone.close()
    const ports = [
      closed,
      await serve(200, '<html>A page</html>'),
      await serve(500, list('x')),
      await serve(302, '', { location: `http://127.0.0.1:${elsewhere}/v1/models` }),
      await serve(200, list()),
      await serve(200, '{"data":"none"}'),
    ]
    const places = ports.map((port, at) => ({ name: String(at), port }))
    expect(await findLocalModels(fetch, places)).toEqual([])
  })

  it('[M22] asks the three usual ports of this computer when it is called, once each, and no other', async () => {
    const asked: string[] = []
    const listening = ((url: string) => {
      asked.push(url)
      return Promise.reject(new TypeError('fetch failed'))
    }) as unknown as typeof fetch
    expect(await findLocalModels(listening)).toEqual([])
    expect(asked).toEqual([11_434, 1_234, 8_080].map((port) => `http://127.0.0.1:${port}/v1/models`))
  })
})
