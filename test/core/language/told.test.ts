import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { judgeClose } from '../../../src/core/connection/close-codes.ts'
import { engineTroubleWords } from '../../../src/core/connection/engine-trouble.ts'
import { plainCause } from '../../../src/core/connection/plain-cause.ts'
import { missingWords, shortWords } from '../../../src/core/conversation/missing.ts'
import { describeEvent, type HealthEvent } from '../../../src/core/health/entry.ts'
import { happenedBetween } from '../../../src/core/health/happened.ts'
import { languageFor } from '../../../src/core/language/language.ts'

const german = languageFor('de', [])
const spanish = languageFor('es', [])

/** Files whose sentences are for people, and the sentences in them that only a developer or a model sees. */
const forPeople: Record<string, readonly RegExp[]> = {
  'src/core/audio/keeper.ts': [],
  'src/core/connection/close-codes.ts': [],
  'src/core/connection/engine-trouble.ts': [],
  'src/core/connection/machine.ts': [],
  'src/core/connection/service-address.ts': [],
  'src/core/connection/service-key.ts': [],
  'src/core/connection/trial.ts': [],
  'src/core/health/entry.ts': [/^The conversation was restored and verified/],
  'src/core/realtime/interpret.ts': [],
  'src/core/realtime/response-begin.ts': [],
  'src/core/realtime/response-end.ts': [],
  'src/core/realtime/voice-view.ts': [],
  'src/core/turn/ledger.ts': [],
  'src/core/turn/settle.ts': [],
  'src/main/desk/address.ts': [],
  'src/main/desk/answers.ts': [],
  'src/main/desk/desk.ts': [],
  'src/main/desk/reader.ts': [],
  'src/main/desk/reading-answers.ts': [/^Hello\. This is how I sound/],
  'src/main/desk/reply.ts': [],
  'src/main/desk/resting-device.ts': [],
  'src/main/desk/service-answers.ts': [],
  'src/main/desk/tool-answers.ts': [],
  'src/main/desk/try-service.ts': [],
  'src/main/shell/talk-key.ts': [],
  'src/main/shell/talk-key-route.ts': [],
  'src/main/shell/electron/downloads.ts': [],
  'src/main/net/embedded.ts': [],
  'src/main/net/endpoint.ts': [],
  'src/main/net/link.ts': [],
  'src/main/audio/microphone.ts': [],
  'src/main/audio/sound-process.ts': [],
  'src/main/audio/speaker.ts': [],
  'src/main/call/call.ts': [],
  'src/main/call/wire.ts': [],
  'src/main/store/journal.ts': [],
  'src/main/store/lock.ts': [],
  'src/main/store/settings.ts': [],
  'src/main/store/trash.ts': [],
  'src/main/voice/session.ts': [],
  'src/main/voice/journal.ts': [],
  'src/main/voice/playback.ts': [],
  'src/main/voice/turns.ts': [],
}

/** Each sentence of a file, a stand-in for what is put into it. */
function sentencesIn(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent)) found.push(node.text)
    else if (ts.isTemplateExpression(node))
      found.push(node.head.text + node.templateSpans.map(({ literal }) => `7${literal.text}`).join(''))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found.filter((text) => /^[\p{Lu}“7].*\p{L} \p{L}.*[.!?]$/su.test(text))
}

describe('what main says', () => {
  it('[W208] is worded in the language of the window wherever it says it for people', () => {
    const missing: string[] = []
    let sentences = 0
    for (const [path, others] of Object.entries(forPeople))
      for (const sentence of sentencesIn(path)) {
        if (others.some((other) => other.test(sentence))) continue
        sentences += 1
        if ([german, spanish].some(({ told }) => told(sentence) === sentence)) missing.push(`${path}: ${sentence}`)
      }
    expect(missing).toEqual([])
    expect(sentences).toBeGreaterThan(80)
  })

  it('[W208] keeps what stands in it, and a cause in it is worded, too', () => {
    expect(german.told('Attempt 3 to connect failed: the server did not answer.')).toBe(
      'Verbindungsversuch 3 schlug fehl: der Server antwortete nicht.',
    )
    expect(spanish.told('The tool server {name} stopped. It is being started again.')).toBe(
      'El servidor de herramientas {name} se detuvo. Se está iniciando de nuevo.',
    )
    expect(german.told('The line broke after 43 min: some words of a server')).toBe(
      'Die Verbindung brach nach 43 min ab: some words of a server',
    )
    expect(german.told('There is no speaker on this computer. Connect one and try again.')).toContain('Lautsprecher')
    expect(german.told('You were without a line for 12 s. The service usually answered within 84 ms.')).toBe(
      'Du warst 12 s ohne Verbindung. Der Dienst antwortete meist innerhalb von 84 ms.',
    )
    expect(german.told('What nobody has translated.')).toBe('What nobody has translated.')
    const own = 'The line went dead.'
    expect(languageFor('en', []).told(own)).toBe(own)
  })

  it('[W208] every close of a line, every entry of the health journal and every answer about a time is found', () => {
    const isWorded = (text: string): void => {
      for (const { told } of [german, spanish]) expect([text, told(text) === text]).toEqual([text, false])
    }
    for (const status of [302, 400, 401, 402, 404, 500]) {
      const verdict = judgeClose({ code: 1006, reason: '', status }, null)
      if (verdict.type !== 'expired') isWorded(verdict.type === 'fatal' ? verdict.message : verdict.cause)
    }
    for (const code of [
      'ENOTFOUND',
      'ECONNREFUSED',
      'EPIPE',
      'ETIMEDOUT',
      'ENETDOWN',
      '(1006)',
      'closed (1011)',
      'answered 429',
      'answered 503',
      'CERT_UNTRUSTED',
      'CERT_HAS_EXPIRED',
      'ALTNAME_INVALID',
    ])
      isWorded(plainCause(`connect ${code}`))
    for (const message of ['ENOENT', 'ENOSPC', 'EACCES', 'some fault'])
      isWorded(engineTroubleWords({ type: 'failed', message }))
    for (const type of ['exited', 'late'] as const) isWorded(engineTroubleWords({ type }))
    expect(german.told(engineTroubleWords({ type: 'failed', message: 'ENOSPC' }))).toMatch(/Festplatte.*Bis dahin/u)
    const atMs = 60_000
    const events: HealthEvent[] = [
      { type: 'started', atMs, version: '1.0' },
      { type: 'live', atMs, awayMs: null },
      { type: 'live', atMs, awayMs: 12_000 },
      { type: 'handed-over', atMs, ageMs: 3_000_000 },
      ...[0, 2].flatMap((refused) =>
        [0, 9].flatMap((leftOut) =>
          [0, 20].map((items): HealthEvent => ({ type: 'restored', atMs, items, refused, leftOut })),
        ),
      ),
      { type: 'lost', atMs, ageMs: 1_000, cause: 'The line went dead.' },
      { type: 'missed', atMs, attempt: 2, cause: 'ENOTFOUND' },
      { type: 'refused', atMs, message: 'The service refused the key. Check the key and try again.' },
      { type: 'ended', atMs, why: 'stopped' },
      { type: 'ended', atMs, why: 'resting' },
      { type: 'slow', atMs, heldMs: 2_000 },
      { type: 'caught-up', atMs, droppedFrames: 0 },
      { type: 'caught-up', atMs, droppedFrames: 50 },
    ]
    for (const event of events) isWorded(describeEvent(event))
    for (const missing of [0, 1, 5]) for (const hasSummary of [true, false]) isWorded(missingWords(missing, hasSummary))
    for (const missing of [1, 5]) isWorded(shortWords(missing))
    isWorded(happenedBetween([], 0, 1_000).summary)
    const broke = [events.find(({ type }) => type === 'lost')!]
    isWorded(happenedBetween(broke, 0, 100_000).summary)
    expect(german.told(happenedBetween(broke, 0, 100_000).summary)).toBe('Du warst 40 s ohne Verbindung.')
  })
})
