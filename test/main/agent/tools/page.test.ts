// Reading pages from a real https server on this machine, and refusing everything that only looks like the open internet.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchPage, maxPageBytes } from '../../../../src/main/agent/tools/fetch-page.ts'
import { isPublicAddress } from '../../../../src/main/agent/tools/public-address.ts'
import { createReadPage } from '../../../../src/main/agent/tools/read-page.ts'
import { createWorkbench, type Workbench } from '../../../../src/main/agent/tools/workbench.ts'
import { systemClock } from '../../../../src/main/clock.ts'
import { openSecureSite, type SecureSite } from '../../../support/secure-site.ts'

let site: SecureSite
let workbench: Workbench
const signal = new AbortController().signal

const article = `<html><head><title>On Bread</title><style>p{color:red}</style></head><body><nav>Home | Shop</nav>
<article><h1>On Bread</h1>${'<p>Flour, water and salt make bread, and time makes it good. Rise, rest, bake.</p>'.repeat(8)}</article>
<script>document.title = 'x'</script></body></html>`

beforeAll(async () => {
  workbench = createWorkbench({ clock: systemClock })
  site = await openSecureSite((request, response) => {
    const html = { 'content-type': 'text/html; charset=utf-8' }
    switch (request.url) {
      case '/bread':
        return response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(article))
      case '/moved':
        return response.writeHead(302, { location: '/bread' }).end()
      case '/inside':
        return response.writeHead(302, { location: 'https://127.0.0.1/' }).end()
      case '/plain':
        return response.writeHead(302, { location: 'http://localhost/' }).end()
      case '/elsewhere':
        return response.writeHead(301, { location: `https://other.test:${site.origin.split(':')[2]}/bread` }).end()
      case '/loop':
        return response.writeHead(302, { location: '/loop' }).end()
      case '/bomb':
        return response
          .writeHead(200, { ...html, 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(maxPageBytes * 8, 97)))
      case '/endless':
        response.writeHead(200, html).write('begun')
        return
      case '/picture':
        return response.writeHead(200, { 'content-type': 'image/png' }).end('x')
      default:
        return response.writeHead(404, html).end('no')
    }
  })
})
afterAll(async () => {
  workbench.close()
  await site.close()
})

describe('addresses', () => {
  const inside = [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'ff02::1',
    '2001:db8::1',
    'localhost',
    '',
  ]
  it.each(inside)('[S15] %s is not of the open internet', async (address) => {
    expect(isPublicAddress(address)).toBe(false)
    const resolve = async (): Promise<string[]> => ['93.184.215.14', address]
    await expect(fetchPage('https://page.test/', { privateHosts: [], resolve }, signal)).rejects.toThrow(
      'not a public page',
    )
  })

  it('[S15] others are', () => {
    for (const address of ['93.184.215.14', '8.8.8.8', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])
      expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    'http://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'https://user:pass@example.org/',
    'javascript:alert(1)',
    'nonsense',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://93.184.215.14:8443/',
  ])('[S15] %s is not dialled', async (address) => {
    await expect(fetchPage(address, { privateHosts: [] }, signal)).rejects.toThrow(/Only plain https|not a public page/)
  })
})

describe('pages', () => {
  it('[S15] gives title and text of the article and nothing else, through redirects that stay', async () => {
    const tool = createReadPage({ workbench, how: () => site.allowed })
    const prepared = tool.prepare({ address: `${site.origin}/moved` })
    if ('why' in prepared) throw new Error(prepared.why)
    const { text, untrusted } = await (await prepared.settle()).run(signal, true)
    expect(untrusted).toBe(`the page ${site.origin}/bread`)
    expect(text).toMatch(/^Title: On Bread\n\n/)
    expect(text).toContain('Flour, water and salt')
    expect(text).not.toMatch(/Shop|color|document|</)
  })

  it.each([
    ['/inside', 'not a public page'],
    ['/plain', 'Only plain https'],
    ['/elsewhere', 'not a public page'],
    ['/loop', 'in circles'],
    ['/missing', '404'],
    ['/picture', 'not answer with text'],
  ])('[S15] %s is refused', async (path, why) => {
    const { asked } = site
    await expect(fetchPage(`${site.origin}${path}`, site.allowed, signal)).rejects.toThrow(why)
    expect(asked.at(-1)).toBe(path)
  })

  it('[S15] unpacks no more than a page can have', async () => {
    const { text } = await fetchPage(`${site.origin}/bomb`, site.allowed, signal)
    expect(text.length).toBeLessThanOrEqual(maxPageBytes)
  })

  it('[S15] is given up when the time is over', async () => {
    const stop = new AbortController()
    const fetching = fetchPage(`${site.origin}/endless`, site.allowed, stop.signal)
    // Begun: the server has been asked.
    while (site.asked.at(-1) !== '/endless') await new Promise((resolve) => setImmediate(resolve))
    stop.abort()
    await expect(fetching).rejects.toThrow()
  })

  it('[S15] trusts no certificate but the system’s and those it was given', async () => {
    const { wayTo: _, ...withoutCa } = site.allowed
    await expect(fetchPage(`${site.origin}/bread`, withoutCa, signal)).rejects.toThrow('could not be reached')
  })
})

describe('the workbench', () => {
  it('[S16] calculates with units and refuses what would change it', async () => {
    const results = await Promise.all(
      ['17.5% * 240', '5 mile to km', '0.1+0.2'].map((sum) => workbench.sum(sum, signal)),
    )
    expect(results).toEqual(['42', '8.04672 km', '0.3'])
    for (const sum of ['import({a:1})', 'evaluate("1")', 'createUnit("x")', 'f(x)=x', '1+', 'config({})'])
      await expect(workbench.sum(sum, signal), sum).rejects.toThrow()
  })

  it('[S16] gives up what is too much and goes on with the next', async () => {
    await expect(workbench.sum('zeros(100000,100000)', signal)).rejects.toThrow()
    expect(await workbench.sum('2+2', signal)).toBe('4')
    const stop = new AbortController()
    const endless = workbench.sum('map(1:10000000, f(x)=x^2)', stop.signal)
    const next = workbench.sum('3+3', signal)
    // By then the thread has been given the job.
    await new Promise((resolve) => setImmediate(resolve))
    stop.abort()
    await expect(endless).rejects.toThrow()
    expect(await next).toBe('6')
  })

  it.each(['<!doctype html><title>Bread</title><p>flour', '<title>Bread</title><body><p>flour</p>', '<html><p>flour'])(
    '[S15] %s is a page too',
    async (html) => {
      const { title, text } = await workbench.article(html, signal)
      expect([title, text]).toEqual([html.includes('Bread') ? 'Bread' : '', 'flour'])
    },
  )

  it('[S16] an ordinary page with much markup is read', async () => {
    const licence = readFileSync(new URL('../../../../LICENSE', import.meta.url), 'utf8')
    const html = `<html><body>${`<div><p>${licence}</p></div>`.repeat(20)}</body></html>`
    expect((await workbench.article(html, signal)).text).toContain('Permission is hereby granted')
  })
})
