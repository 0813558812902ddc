import { describe, expect, it } from 'vitest'
import { whyNoServiceAddress } from '../../../src/core/connection/service-address.ts'
import { readKey } from '../../../src/core/connection/service-key.ts'

const long = 'sk-proj-aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6'

describe('what is given as a key', () => {
  it.each([
    [long, long],
    [`  ${long}\n`, long],
    [`\t${long}\r\n`, long],
    [`\ufeff${long}`, long],
    ['test', 'test'],
    ['none', 'none'],
    ['x', 'x'],
    ['clé-ß', 'clé-ß'],
    ['"quoted"', '"quoted"'],
  ])('[C226] %j is the key %j', (given, key) => {
    expect(readKey(given)).toEqual({ type: 'key', key })
  })

  it.each(['', '  ', '\n\t'])('[C226] %j is none', (given) => {
    expect(readKey(given)).toEqual({ type: 'none' })
  })

  it.each([
    [`sk-one\ntwo`, 'line break'],
    [`sk-one\r\nx-evil: 1`, 'line break'],
    ['sk one', 'space'],
    ['sk\u00a0one', 'space'],
    [`Bearer ${long}`, '“Bearer”'],
    [`sk-\u200bone`, 'can’t be seen'],
    [`${long}\u200b`, 'can’t be seen'],
    [`sk\u2060one`, 'can’t be seen'],
    [`sk\u00adone`, 'can’t be seen'],
    ['“sk-one”', 'curly quotes'],
    ['‘test’', 'curly quotes'],
    ['sk-one\u0000', 'control character'],
    ['sk-\u0007one', 'control character'],
    ['ключ-один', 'no key has'],
    ['sk–one', 'no key has'],
    ['🔑', 'no key has'],
  ])('[C226] %j is refused in a sentence that holds nothing of it', (given, why) => {
    const read = readKey(given)
    expect(read).toMatchObject({ type: 'refused', why: expect.stringContaining(why) as string })
    expect(JSON.stringify(read)).not.toMatch(/sk-|ключ/)
  })
})

it('[C226] what is longer than any key is none', () => {
  expect(readKey('k'.repeat(9_000))).toMatchObject({ type: 'refused' })
})

describe('the address of a service', () => {
  it.each([
    'wss://host/some/base/v1?api-version=2025-04-01-preview',
    'https://me.openai.azure.com/openai/v1',
    'wss://me.openai.azure.com/openai?api-version=2024-10-01-preview&deployment=voice',
    'ws://127.0.0.1:8000/v1',
  ])('[C225] %s may be kept', (address) => {
    expect(whyNoServiceAddress(address)).toBeNull()
  })

  it.each([
    ['wss://host/v1?api-key=abc', 'key'],
    ['wss://host/v1?api-version=1&key=abc', 'key'],
    ['wss://host/v1?access_token=abc', 'key'],
    [`wss://host/v1?x=${long}`, 'key'],
    ['wss://me:word@host/v1', 'password'],
    ['wss://host/v1#x', '#'],
  ])('[C225] %s holds what belongs elsewhere', (address, why) => {
    expect(whyNoServiceAddress(address)).toContain(why)
  })
})
