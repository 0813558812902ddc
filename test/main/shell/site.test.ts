import { describe, expect, it } from 'vitest'
import { readLink } from '../../../src/core/link.ts'
import { isOwnFile } from '../../../src/main/shell/links.ts'
import { contentSecurityPolicy, createSite } from '../../../src/main/shell/site.ts'

const page = { type: 'text/html; charset=utf-8', bytes: Buffer.from('<!doctype html>') }
const site = createSite(new Map(Object.entries({ '/': page, '/index.html': page })))

describe('the window’s own files', () => {
  it('[X6] are served by exact name, typed, under the strict policy', () => {
    const { status, headers, body } = site('GET', 'app://parley/')
    expect(status).toBe(200)
    expect(body).toBe(page.bytes)
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
    })
    expect(contentSecurityPolicy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(contentSecurityPolicy).toContain("connect-src 'none'; base-uri 'none'; form-action 'none'")
    expect(contentSecurityPolicy).not.toContain('unsafe')
  })

  it.each(['POST', 'HEAD', 'PUT', 'OPTIONS'])('[X6] can’t be asked for by %s', (method) => {
    expect(site(method, 'app://parley/')).toMatchObject({ status: 405, body: null })
  })

  it.each([
    'app://parley/../../etc/passwd',
    'app://parley/%2e%2e/%2e%2e/etc/passwd',
    'app://parley/..%2f..%2fetc%2fpasswd',
    'app://parley//index.html',
    'app://parley/index.html/',
    'app://parley/INDEX.HTML',
    'app://parley/__proto__',
    'app://elsewhere/',
    'https://parley/',
  ])('[X6] %s is not one of them', (url) => {
    expect(site('GET', url)).toMatchObject({ status: 404, body: null })
  })
})

describe('a link to the outside', () => {
  it('[X7] is a plain https address, written anew', () => {
    expect(readLink('https://Example.com/a/../b?c#d')).toEqual({
      host: 'example.com',
      href: 'https://example.com/b?c#d',
    })
  })

  it.each([
    'http://example.com/',
    'https://user:pass@example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'ms-msdt:/id',
    `https://example.com/${'x'.repeat(3_000)}`,
    'nonsense',
    '',
  ])('[X7] %s is none', (text) => {
    expect(readLink(text)).toBeNull()
  })

  it.each([
    ['blob:app://parley/0f2d', true],
    ['blob:app://parley.example/0f2d', false],
    ['blob:https://example.com/0f2d', false],
    ['data:text/plain,x', false],
    ['app://parley/index.html', false],
  ])('[X26] %s becomes a file of the person’s: %s', (url, may) => {
    expect(isOwnFile(url)).toBe(may)
  })
})
