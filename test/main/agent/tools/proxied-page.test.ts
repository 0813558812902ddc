// Pages through a proxy: the guard against the person's own network stands before it.
import { createSecureContext } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchPage, type FetchOpts } from '../../../../src/main/agent/tools/fetch-page.ts'
import { createWayOut } from '../../../../src/main/net/way-out.ts'
import { openConnectProxy, type ConnectProxy } from '../../../support/connect-proxy.ts'
import { openSecureSite, type SecureSite } from '../../../support/secure-site.ts'

const there = '93.184.216.34'
const { signal } = new AbortController()
let site: SecureSite
let proxy: ConnectProxy
let how: FetchOpts

beforeAll(async () => {
  site = await openSecureSite((request, response) => {
    if (request.url === '/inside') response.writeHead(302, { location: 'https://inside.test/' }).end()
    else response.writeHead(200, { 'content-type': 'text/plain' }).end(`bread of ${request.headers.host}`)
  })
  const port = Number(new URL(site.origin).port)
  proxy = await openConnectProxy({
    leads: { [`${there}:443`]: port, 'other.test:443': port, '10.0.0.7:443': port, 'inside.test:443': port },
    user: 'me:geheim',
  })
  const env = { HTTPS_PROXY: `http://me:geheim@${proxy.host}` }
  const readTrusted = () => ({ context: createSecureContext({ ca: site.cert }), problem: null })
  how = {
    privateHosts: [],
    wayTo: createWayOut({ choice: () => 'system', env, readTrusted }).find,
    resolve: async (host) => ({ 'other.test': [there], 'inside.test': ['10.0.0.7'] })[host] ?? [],
  }
})
afterAll(async () => {
  await proxy.close()
  await site.close()
})

it('[S220] a page comes through the proxy, which is asked for the number that was judged, and for no name', async () => {
  expect((await fetchPage('https://other.test/bread', how, signal)).text).toBe('bread of other.test')
  expect(proxy.asked).toEqual([`${there}:443`])
})

it.each([
  ['whose number is of the person’s own network', 'https://inside.test/', 'not a public page'],
  ['by such a number', 'https://10.0.0.7/', 'not a public page'],
  ['that a redirect leads to', 'https://other.test/inside', 'inside.test is not a public page'],
  ['that only the proxy could look up', 'https://unknown.test/', 'the proxy is not asked for names'],
  ['of this computer', 'https://127.0.0.1/', 'not a public page'],
])('[S220] a page %s is refused, though the proxy would lead there', async (_, address, why) => {
  const before = proxy.asked.length
  await expect(fetchPage(address, how, signal)).rejects.toThrow(why)
  expect(proxy.asked.slice(before).filter((to) => to !== `${there}:443`)).toEqual([])
})

it('[S220] a host that the person allowed is asked for by its name', async () => {
  const allowed = { ...how, privateHosts: ['other.test'] }
  expect((await fetchPage('https://other.test/bread', allowed, signal)).text).toBe('bread of other.test')
  expect(proxy.asked.at(-1)).toBe('other.test:443')
})

it('[C222] a page that the proxy refuses is told with the proxy’s name', async () => {
  proxy.refuse(403)
  await expect(fetchPage('https://other.test/bread', how, signal)).rejects.toThrow(
    `The proxy ${proxy.host} does not let anybody reach ${there}`,
  )
})
