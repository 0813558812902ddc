import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { judgeClose } from '../../../src/core/connection/close-codes.ts'
import { engineTroubleWords } from '../../../src/core/connection/engine-trouble.ts'
import { plainCause } from '../../../src/core/connection/plain-cause.ts'
import { missingWords, shortWords } from '../../../src/core/conversation/missing.ts'
import { describeEvent, type HealthEvent } from '../../../src/core/health/entry.ts'
import { happenedBetween } from '../../../src/core/health/happened.ts'
import { inEnglish, languageFor } from '../../../src/core/language/language.ts'
import { withTexts, wording } from '../../../src/core/language/wording.ts'

const german = languageFor('de', [])
const spanish = languageFor('es', [])

/** Sentences for somebody else than a person at the window: where they stand, and which (all, where nothing is said). */
const forOthers: readonly (readonly [place: string, which?: RegExp])[] = [
  // The command line, which is in English, and pages for whoever has no window.
  ['src/main/talk/'],
  ['src/main/orders/'],
  ['src/main/link/'],
  ['src/main/data-commands/'],
  ['src/core/store/check-report.ts'],
  ['src/main/store/check-conversations.ts'],
  ['src/main/store/check-pictures.ts'],
  ['src/main/crash/guard.ts'],
  ['src/main/audio/file-'],
  ['src/main/audio/pipe-'],
  ['src/core/spending/price.ts'],
  // A model: what it is told of itself, of its tools and of its calls, word for word as the record keeps it.
  [
    'src/core/agent/',
    /^(The person|The arguments|The connection was lost after|Parley was ended (?:while|before)|No more|Go on)/,
  ],
  ['src/core/conversation/anchor.ts'],
  ['src/core/conversation/compact.ts'],
  ['src/core/local-time.ts'],
  ['src/core/realtime/reading.ts'],
  ['src/core/voice-wishes.ts'],
  ['src/main/agent/mcp/answer.ts'],
  ['src/main/agent/mcp/tools.ts', /^(The server 7|7,)/],
  ['src/main/agent/tools/'],
  ['src/main/agent/work/'],
  ['src/main/agent/grants.ts', /7|^(No folder|This|Keys)/],
  ['src/main/agent/held-folder.ts'],
  ['src/main/agent/ledger.ts'],
  ['src/main/agent/put-file.ts'],
  ['src/main/agent/run-tool.ts'],
  ['src/main/agent/toolbox.ts'],
  ['src/main/agent/voice-functions.ts'],
  ['src/main/call/memory.ts'],
  ['src/main/app/reading-handlers.ts', /^Hello/],
  ['src/main/shell/electron/surroundings.ts'],
  ['src/main/companion.ts', /^These pictures\.$/],
  // A log, a report for developers, or a page that does not belong here.
  ['src/core/crash-report.ts'],
  [
    'src/main/store/',
    /(?:listener failed|of the record failed|could not be (?:read|removed|listed|flushed|copied|made)|of a conversation can’t be read|The index could not be written|A snapshot could not be written): 7\.$/,
  ],
  ['src/main/agent/mcp/return-door.ts', /^(There is nothing|This is not for you)/],
  ['src/main/shell/gate.ts', /^This page/],
  ['src/main/shell/portal.ts'],
  // Pieces: what they are put together to is told of below.
  ['src/core/conversation/missing.ts'],
  ['src/main/', /^(?:7 (?:missing|They|What)|The tool server 7 7|Close other programs)/],
]

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

/** Where main and what it decides by say something. */
function sources(): string[] {
  return ['src/core', 'src/main'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path}`)
      .filter((path) => path.endsWith('.ts') && !path.startsWith('src/core/language/')),
  )
}

describe('what main says', () => {
  it('[W208] is worded in the language of the window wherever it says it for people', () => {
    const missing: string[] = []
    const used = new Set<number>()
    let sentences = 0
    for (const path of sources())
      for (const sentence of sentencesIn(path)) {
        const other = forOthers.findIndex(([place, which]) => path.startsWith(place) && (which?.test(sentence) ?? true))
        if (other !== -1) {
          used.add(other)
          continue
        }
        sentences += 1
        if ([german, spanish].some(({ told }) => told(sentence) === sentence)) missing.push(`${path}: ${sentence}`)
      }
    expect(missing).toEqual([])
    expect(sentences).toBeGreaterThan(200)
    expect(forOthers.filter((_, at) => !used.has(at))).toEqual([])
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

  it('[W240] troubles of what is kept, of servers of tools and of tasks are worded, put together as they are', () => {
    expect(
      german.told('The reminders were damaged on disk. The file as it was is kept as /a.json. They begin anew.'),
    ).toBe(
      'Die Erinnerungen waren auf der Festplatte beschädigt. Die Datei, wie sie war, bleibt als /a.json erhalten. Sie beginnen von vorn.',
    )
    expect(spanish.told('The keys: one of them can’t be read. What can’t be read of them has to be typed again.')).toBe(
      'Las claves: hay algo que no se puede leer. Lo que no se pueda leer hay que volver a escribirlo.',
    )
    expect(
      german.told(
        'The tool server notes could not be started: “npx” was not found in the folders of PATH. Install it, or give its whole path. It is not started again by itself: see Tools.',
      ),
    ).toBe(
      'Der Werkzeugserver notes ließ sich nicht starten: „npx“ wurde in den Ordnern von PATH nicht gefunden. Installiere es, oder gib seinen ganzen Pfad an. Er wird nicht mehr von selbst gestartet: siehe „Werkzeuge“.',
    )
    expect(german.told('It stopped (exit code 1).')).toBe('Er ist ausgefallen (Rückgabewert 1).')
    expect(spanish.told('Reminder: Call Ada. The line went dead.')).toBe('Recordatorio: Call Ada. The line went dead.')
    expect(german.told('Reads one text that this server holds, by its address. (as the server far says of it)')).toBe(
      'Liest einen Text, den dieser Server hat, nach seiner Adresse. (so sagt es der Server far)',
    )
    expect(
      german.told('The proxy in the system’s settings is no address. Enter one like http://proxy.example:3128.'),
    ).toContain('in den Einstellungen des Systems')
    for (const why of ['its name is too long', 'its schema describes no object', 'it has no name', 'a tool'])
      for (const { told } of [german, spanish]) expect(told(why)).not.toBe(why)
  })

  it('[W241] what is asked and done is told as a text and what is put into it, which is never read as a text', () => {
    const hostile = 'x”? It was cancelled. {count} <b>“y'
    const asked = wording('ask.addNote', { words: hostile })
    expect(german.wording(asked)).toBe(`In deine Notizen schreiben: „${hostile}“?`)
    expect(inEnglish(asked)).toBe(`Add to your notes: “${hostile}”?`)
    expect(spanish.wording(wording('ask.writeNew', { count: 1, place: 'a.md' }))).toBe(
      '¿Escribir 1 carácter en el archivo nuevo «a.md»?',
    )
    expect(german.wording(wording('ask.setTimer', { count: 1_200, words: 'Tee' }))).toContain('1.200 Sekunden')
    const due = wording('ask.setReminder', { time: { atMs: new Date(2026, 10, 2, 18, 30).getTime() }, words: 'Tee' })
    expect(languageFor('de', ['de-AT']).wording(due)).toBe('Dich am 02.11.2026, 18:30 an „Tee“ erinnern?')
    expect(withTexts(asked, (text) => text.slice(0, 1))).toEqual(wording('ask.addNote', { words: 'x' }))
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
