// The door's name on the local network (mDNS), where that carries one: `parley-….local` leads to this computer, and the service
// can be browsed for. Whatever fails in it fails alone; addresses lead here too.
import type { Bonjour as BonjourOf } from 'bonjour-service'

export type Announce = (given: { name: string; port: number }) => Promise<() => void>

export const announceByMdns: Announce = async ({ name, port }) => {
  const { Bonjour } = await import('bonjour-service')
  let bonjour: BonjourOf | null = null
  const stop = (): void => {
    const ending = bonjour
    bonjour = null
    try {
      ending?.destroy()
    } catch {
      // Its socket has ended before it.
    }
  }
  bonjour = new Bonjour({}, stop)
  const label = name.replace(/\.local$/, '')
  bonjour.publish({ name: label, type: 'https', port, host: name, probe: false })
  return stop
}
