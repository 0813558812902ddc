// TLS before servers that speak plainly, with a certificate made for a name: an address like `wss://voice.example/v1` that is real
// but for the way to it.
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { selfSigned } from './self-signed.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface TlsFront {
  readonly port: number
  /** A file with its certificate, which is its own authority. */
  readonly authority: string
  close(): Promise<void>
}

/** @param behind the port for a request line that holds this; the first that fits */
export async function openTlsFront(name: string, behind: Readonly<Record<string, number>>): Promise<TlsFront> {
  const { key, cert } = selfSigned([name])
  const authority = join(temporaryFolder(), 'authority.pem')
  writeFileSync(authority, `# company\n${cert}`)
  const open = new Set<Socket>()
  const server = createServer({ key, cert }, (socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    socket.once('data', (first: Buffer) => {
      const line = first.toString('latin1').split('\r\n')[0] ?? ''
      const port = Object.entries(behind).find(([path]) => line.includes(path))?.[1]
      if (port === undefined) return void socket.destroy()
      const to = connect({ host: '127.0.0.1', port })
      to.on('error', () => undefined)
      to.on('close', () => socket.destroy())
      socket.on('close', () => to.destroy())
      to.write(first)
      socket.pipe(to).pipe(socket)
    })
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    authority,
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
