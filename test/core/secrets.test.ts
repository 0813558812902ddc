// Keys are known by their shape and by chance; ordinary words, paths and digests are none.
import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/core/conversation/change.ts'
import { withoutKeys } from '../../src/core/conversation/hide-keys.ts'
import { holdsSecret } from '../../src/core/settings.ts'
import { hideKeys } from '../../src/core/secrets.ts'

const letters = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6'
/** Put together here, so that no scanner of sources takes this file for a leak. */
const keys: [name: string, key: string][] = [
  ['OpenAI', `sk-${letters}`],
  ['OpenAI, of a project', `sk-proj-${letters}`],
  ['an ephemeral one', `ek_${letters}`],
  ['Stripe', `sk_live_${letters}`],
  ['GitHub', `ghp_${letters}`],
  ['GitHub, fine-grained', `github_pat_${letters}`],
  ['GitLab', `glpat-${letters.slice(0, 20)}`],
  ['AWS', `AKIAIOSFODNN7EXAMPLE`],
  ['Google', `AIza${letters.slice(0, 35)}`],
  ['Google OAuth', `ya29.${letters}`],
  ['Slack', `xoxb-123456789012-${letters.slice(0, 24)}`],
  ['Hugging Face', `hf_${letters}`],
  ['npm', `npm_${letters}`],
  ['a JSON Web Token', `eyJ${letters.slice(0, 16)}.eyJ${letters.slice(0, 20)}.${letters}`],
  ['a private key', `-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----`],
  ['nobody’s shape', `${letters}xQ7`],
]

describe('keys', () => {
  it.each(keys)('[S38] of %s are masked in what is said, and refused in settings', (_, key) => {
    const said: Change = { type: 'words-heard', turn: 'u', text: `My key is ${key}, please use it.` }
    const stored = withoutKeys(said) as typeof said
    expect(stored.text).toBe(`My key is ${key.slice(0, 4)}••••, please use it.`)
    expect(holdsSecret({ notesFile: ['x', key] })).toBe(true)
  })

  it('[S38] a request and a draft are masked too, and nothing else of a change is touched', () => {
    const [, key] = keys[0]!
    expect(withoutKeys({ type: 'task-started', task: 't', request: key, after: null })).toMatchObject({
      request: 'sk-a••••',
    })
    const back: Change = { type: 'rolled-back', to: 1, turns: ['u'], calls: [], draft: key, why: 'failed' }
    expect(withoutKeys(back)).toEqual({ ...back, draft: 'sk-a••••' })
    const spoken: Change = { type: 'words-spoken', turn: 'v', text: key, audioMs: 1 }
    expect(withoutKeys(spoken)).toBe(spoken)
  })

  it.each([
    'Please ask the risk-assessment-working-group-of-the-city about it.',
    'everything__trigger-long-running-operation@0123456789abcdef',
    'commit 50d13cd2f0a1b3c4d5e6f708192a3b4c5d6e7f80',
    '123e4567-e89b-12d3-a456-426614174000',
    '/home/Ada/Documents/2026/Holiday/Photos-of-the-Summer/IMG_20260801.jpg',
    'https://example.org/Some/Long/Path/With/Numbers/12345/And/More/Words',
    'gpt-4o-mini-transcribe-2025-12-15',
    'Donaudampfschifffahrtsgesellschaftskapitän',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAaaaa1111',
    'sk-ate and ghp_ and AKIA alone',
  ])('[S38] %s is none', (text) => {
    expect(hideKeys(text)).toEqual({ text, count: 0 })
  })
})
