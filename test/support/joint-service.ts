// One address for two services of a test, as a real one has it: `…/responses` goes to the one, all else to the other.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface JointService {
  /** `ws://127.0.0.1:port/v1` */
  readonly url: string
  /** `127.0.0.1:port` */
  readonly host: string
  /** Where all but the agent's connections go. */
  setVoice(host: string): void
}

/** Ends with the test that calls it. @param agentUrl of the service that answers `…/responses` */
export async function startJointService(agentUrl: string): Promise<JointService> {
  const agent = new URL(agentUrl).host
  let voice = agent
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    keep(client)
    client.once('data', (head: Buffer) => {
      const isForAgent = /^[A-Z]+ \S*\/responses[/? ]/.test(head.toString('latin1'))
      const { hostname, port } = new URL(`ws://${isForAgent ? agent : voice}`)
      const service = connect(Number(port), hostname)
      keep(service)
      service.on('close', () => client.destroy())
      client.on('close', () => service.destroy())
      service.write(head)
      client.pipe(service).pipe(client)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  return { url: `ws://${host}/v1`, host, setVoice: (next) => void (voice = next) }
}
