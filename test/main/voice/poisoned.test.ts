import { describe, expect, it, onTestFinished } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import type { WireItem } from '../../../src/core/realtime/events.ts'
import type { Script, ScriptedConnection } from '../../support/scripted-server.ts'
import { createVoiceLine, type VoiceLine } from '../../support/voice-line.ts'

const words = (at: number): string => `These are the words of turn number ${at}.`

const hundred: Change[] = Array.from({ length: 100 }, (_, at): Change[] => {
  const started = { type: 'turn-started', turn: `t${at}`, via: 'voice', after: at === 0 ? null : `t${at - 1}` } as const
  return at % 2 === 0
    ? [
        { ...started, role: 'user' },
        { type: 'words-heard', turn: `t${at}`, text: words(at) },
      ]
    : [
        { ...started, role: 'assistant' },
        { type: 'words-spoken', turn: `t${at}`, text: words(at), audioMs: 900 },
        { type: 'played', turn: `t${at}`, playedMs: 900, heard: words(at), cut: false },
      ]
}).flat()

const given = (connection: ScriptedConnection): (string | undefined)[] =>
  connection.all('conversation.item.create').map(({ item }) => item.id)

/** Time passes while the line waits, and while nothing more is under way, so that retries and silences come. */
function keepTimeMoving(line: VoiceLine, newest: () => ScriptedConnection | undefined): void {
  let over = false
  onTestFinished(() => void (over = true))
  const move = async (): Promise<void> => {
    while (!over) {
      const { type } = line.session.phase()
      const connection = newest()
      if (type === 'waiting') line.clock.pass(500)
      if (type === 'opening' && connection) {
        await Promise.race([connection.settled(), connection.closed])
        line.clock.pass(100)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  void move()
}

async function restoreWith(script: Script, before: readonly Change[] = hundred) {
  const line = await createVoiceLine({ before, script })
  const restored = line.told('restored')
  const connections: ScriptedConnection[] = []
  const listen = async (): Promise<void> => {
    for (;;) connections.push(await line.server.connection())
  }
  void listen()
  keepTimeMoving(line, () => connections.at(-1))
  line.session.start()
  return { line, proof: await restored, connections }
}

const killing = (isPoison: (item: WireItem) => boolean, code: number): Script => ({
  killItem: (item) => (isPoison(item) ? { code } : null),
})

const poisonAt = [0, 1, 37, 98, 99]

describe('one poisoned item among a hundred', () => {
  it.each(poisonAt.flatMap((at) => [true, false].map((named) => [at, named] as const)))(
    '[H2] at %i, refused (named: %s): 99 are restored in the same session, and the bad one is told and remembered',
    async (at, named) => {
      const isPoison = ({ id }: WireItem): boolean => id === `t${at}`
      const { line, proof, connections } = await restoreWith({
        refuseItem: (item) => (isPoison(item) ? { named } : null),
      })
      expect(proof).toMatchObject({ restored: 99, refused: [`t${at}`], sessions: 1, attempts: 1 })
      expect(connections).toHaveLength(1)
      const remembered = await line.record.stored('left-out')
      expect(remembered).toMatchObject({ of: 'turn', id: `t${at}`, endpoint: 'scripted', reason: 'No.' })
      expect(
        line
          .heard('notice')
          .map(({ message }) => message)
          .join(),
      ).toContain(words(at))
    },
  )

  it.each([1008, 4001, 1011, 1006].flatMap((code) => poisonAt.slice(1).map((at) => [code, at] as const)))(
    '[H2] a session that closes with %i over item %i: 99 are restored within 3 sessions and 12 batches',
    async (code, at) => {
      const { line, proof } = await restoreWith(killing(({ id }) => id === `t${at}`, code))
      expect(proof.restored).toBe(100)
      expect(proof.sessions).toBeLessThanOrEqual(3)
      expect(proof.attempts).toBeLessThanOrEqual(12)
      const held = line.session.holds().items.filter(({ kind }) => kind !== 'note')
      expect(held.map(({ id }) => id)).toEqual(
        Array.from({ length: 100 }, (_, n) => `t${n}`).filter((id) => id !== `t${at}`),
      )
      const told = line.heard('notice').map(({ message }) => message)
      expect(told.join()).toContain(words(at))
      await line.session.dropDraft()
      const remembered = line.record.changes.filter(({ type }) => type === 'left-out')
      // A break is no refusal: nothing is held against the item for good.
      if (code === 1011 || code === 1006) expect(remembered).toEqual([])
      else expect(remembered).toMatchObject([{ of: 'turn', id: `t${at}`, endpoint: 'scripted' }])
    },
  )

  it('[H2] the next start leaves it out at once; another endpoint is given it', async () => {
    const remembered: Change = { type: 'left-out', of: 'turn', id: 't37', endpoint: 'scripted', reason: 'No.' }
    const here = await restoreWith({}, [...hundred, remembered])
    expect(here.proof).toMatchObject({ sessions: 1, attempts: 1, restored: 100, refused: [] })
    expect(given(here.connections[0]!)).not.toContain('t37')
    expect(here.line.session.holds()).toMatchObject({ missing: 1, refused: [{ words: words(37), reason: 'No.' }] })
    const elsewhere = await restoreWith({}, [...hundred, { ...remembered, endpoint: 'another' }])
    expect(given(elsewhere.connections[0]!)).toContain('t37')
  })

  it('[H2] an item that is never answered to is found although the session stays open', async () => {
    const { line, proof } = await restoreWith({ ignoreItem: ({ id }) => id === 't37' })
    expect(proof.sessions).toBeLessThanOrEqual(3)
    expect(proof.attempts).toBeLessThanOrEqual(12)
    expect(await line.record.stored('left-out')).toMatchObject({ id: 't37' })
  })
})

describe('a seed that sessions die of', () => {
  const isTurn = (item: WireItem): boolean => item.type === 'message' && item.role !== 'system'
  const summed: Change[] = [...hundred, { type: 'compacted', summary: 'We counted turns.', through: 't20' }]

  it('[H3] after two in a row the third gets the summary alone; the model is told, and the person on the screen and aloud', async () => {
    const { line, proof, connections } = await restoreWith(killing(isTurn, 1008), summed)
    expect(proof).toMatchObject({ restored: 1, sessions: 3 })
    const last = connections.at(-1)!
    const [note, ...others] = last.all('conversation.item.create')
    expect(others).toEqual([])
    const told = JSON.stringify(note)
    expect(told).toContain('We counted turns.')
    expect(told).toContain('79 earlier turns are not shown here')
    const { response } = await last.next('response.create')
    const [notice] = line.heard('notice').map(({ message }) => message)
    expect(notice).toContain('79 earlier turns are missing')
    expect(response?.instructions).toContain(notice)
    expect(line.record.changes.filter(({ type }) => type === 'left-out')).toEqual([])
  })

  it('[H3] where the summary kills as well, the conversation goes on without anything, and says so', async () => {
    const { line, proof } = await restoreWith(
      killing(() => true, 1008),
      summed,
    )
    expect(proof.restored).toBe(0)
    expect(proof.sessions).toBeLessThanOrEqual(4)
    expect(line.heard('notice').length).toBeGreaterThan(0)
  })
})

describe('a line that breaks while a session is given its items', () => {
  it('[H4] is no verdict: wherever it breaks, once, everything is restored by the next', async () => {
    for (const at of [0, 50, 99]) {
      let left = 1
      const script = killing(({ id }) => id === `t${at}` && left-- > 0, 1006)
      const { line, proof } = await restoreWith(script)
      expect(proof).toMatchObject({ restored: 100, sessions: 2, refused: [] })
      expect(line.record.changes.filter(({ type }) => type === 'left-out')).toEqual([])
    }
  })

  it('[H4] nor are breaks at different places', async () => {
    const places = ['t20', 't40', 't60', 't80']
    const { line, proof } = await restoreWith(
      killing(({ id }) => id === places[0] && places.shift() !== undefined, 1006),
    )
    expect(proof).toMatchObject({ restored: 100, sessions: 5, refused: [] })
    expect(line.record.changes.filter(({ type }) => type === 'left-out')).toEqual([])
  })
})
