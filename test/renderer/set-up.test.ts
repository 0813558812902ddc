import { describe, expect, it } from 'vitest'
import { mcpServerSchema, type McpServer } from '../../src/core/settings.ts'
import { languageFor } from '../../src/core/language/language.ts'
import { localMinute, minuteFrom } from '../../src/renderer/local-minute.ts'
import { serverFault, serverLine, serverOf, type ServerDraft } from '../../src/renderer/server-draft.ts'
import { voiceOptions } from '../../src/renderer/voices.ts'

const { say, dataAmount, money } = languageFor('en', [])
const program = (line: string, name = 'notes'): ServerDraft => ({ kind: 'stdio', name, line })

describe('a tool server as it is typed', () => {
  it('[W61] its command is parted into words as written, no shell reads it, and it is shown as it was typed', () => {
    const server = serverOf(program(`npx -y "some server" '/home/ada/My Notes' $(rm) a"b c"d`))
    expect(server).toMatchObject({
      command: 'npx',
      args: ['-y', 'some server', '/home/ada/My Notes', '$(rm)', 'ab cd'],
    })
    expect(mcpServerSchema.safeParse(server).success).toBe(true)
    expect(serverOf(program(serverLine(server)))).toEqual(server)
  })

  it('[W61] what can’t be used is told before it is added, and what is let through fits the settings', () => {
    const taken: McpServer[] = [serverOf(program('run', 'taken'))]
    for (const draft of [
      program(''),
      program('run', ''),
      program('run "open'),
      program('run', 'a name'),
      program('run', '-x'),
      program('run', 'taken'),
      { kind: 'http', name: 'web', line: 'ftp://host' },
      { kind: 'http', name: 'web', line: 'https://ada:secret@host/mcp' },
      { kind: 'http', name: 'web', line: 'https://host/mcp?key=1' },
    ] as const)
      expect([draft, serverFault(draft, taken, say)]).toEqual([draft, expect.any(String)])
    const good: ServerDraft = { kind: 'http', name: 'web', line: ' https://host.example/mcp ' }
    expect(serverFault(good, taken, say)).toBeNull()
    expect(mcpServerSchema.safeParse(serverOf(good)).success).toBe(true)
  })
})

describe('what can be chosen', () => {
  it('[W62] a service’s known voices are offered, the one that is set among them; another server’s are typed', () => {
    const embedded = { kind: 'embedded', model: 'gpt-realtime' } as const
    expect(voiceOptions({ endpoint: embedded, voice: '' }, say)?.map(([voice]) => voice)).toEqual(['', 'rms', 'slt'])
    const openAi = { kind: 'openai', model: 'gpt-realtime' } as const
    expect(voiceOptions({ endpoint: openAi, voice: 'nova' }, say)?.map(([voice]) => voice)).toContain('nova')
    expect(
      voiceOptions({ endpoint: { kind: 'compatible', baseUrl: 'wss://host', model: 'm' }, voice: '' }, say),
    ).toBeNull()
  })
})

describe('figures', () => {
  it('[W63] a minute survives the field that holds it, and what is none is refused', () => {
    const atMs = new Date(2026, 10, 22, 10, 41).getTime()
    expect(localMinute(atMs)).toBe('2026-11-22T10:41')
    expect(minuteFrom(localMinute(atMs))).toBe(atMs)
    for (const text of ['', '2026-11-22', '2026-13-40T99:99', 'tomorrow']) expect(minuteFrom(text)).toBeNull()
  })

  it('[W63] money and data that are there never read as nothing', () => {
    expect([money(0), money(0.004), money(1.5)]).toEqual(['$0.00', 'under $0.01', '$1.50'])
    expect([dataAmount(0), dataAmount(512), dataAmount(48_200)]).toEqual(['0', '512 bytes', '48 KB'])
  })
})
