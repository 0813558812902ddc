import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { digestOf } from '../../../src/core/conversation/verify.ts'
import { planRestore, voiceRestoreBudget } from '../../../src/core/conversation/rehydrate.ts'
import type { WireItem } from '../../../src/core/realtime/events.ts'
import { createVoiceSession } from '../../../src/main/voice/session.ts'
import { openWebSocket } from '../../../src/main/net/socket.ts'
import type { Socket } from '../../../src/main/ports.ts'
import { voiceRequest } from '../../../src/main/net/endpoint.ts'
import { createClockedSpeaker } from '../../support/clocked-speaker.ts'
import { embeddedEndpoint, embeddedVoice } from '../../support/embedded-voice.ts'
import { changesOf, histories, type RandomTurn } from '../../support/random-histories.ts'
import { createMemoryRecord } from '../../support/memory-record.ts'
import { tokenForTests, type Wired } from '../../support/realtime-client.ts'
import { startScriptedEngine, type ScriptedEngine } from '../../support/scripted-engine.ts'
import { createStillClock } from '../../support/still-clock.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 50)

/** A session with this history, and a way to ask its engine behind its back. */
async function restoreInto(engine: ScriptedEngine, before: readonly Change[]) {
  const clock = createStillClock()
  const record = createMemoryRecord(before)
  const received: Wired[] = []
  let wake: () => void = () => undefined
  let socket: Socket | null = null
  let serial = 0
  const session = createVoiceSession({
    clock,
    random: () => 0.5,
    openSocket: (request, events) =>
      (socket = openWebSocket(request, {
        ...events,
        message(text) {
          received.push(JSON.parse(text) as Wired)
          events.message(text)
          wake()
        },
      })),
    request: async () =>
      voiceRequest({ baseUrl: engine.url.replace('http', 'ws'), key: tokenForTests }, 'parley-embedded'),
    record,
    speaker: createClockedSpeaker(clock),
    config: embeddedVoice('manual'),
    endpoint: embeddedEndpoint,
    newId: (prefix) => `${prefix}_${++serial}`,
  })
  const proof = await new Promise<{ restored: number; refused: readonly string[]; digest: string }>((resolve) => {
    session.on('restored', resolve)
    session.start()
  })
  async function stop(): Promise<void> {
    const stopped = session.stop()
    clock.pass(2_000)
    await stopped
  }
  return {
    session,
    proof,
    stop,
    /** Sends, and resolves with the first so many events of that type. */
    async ask(
      events: readonly object[],
      type: string,
      count: number,
      isIt: (event: Wired) => boolean = () => true,
    ): Promise<Wired[]> {
      for (const event of events) socket?.send(JSON.stringify(event))
      for (;;) {
        const found = received.filter((event) => event.type === type && isIt(event))
        if (found.length >= count) return found
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}

const beside = { conversation: 'none', output_modalities: ['text'] }
/** A long history is compacted at once; here that comes to nothing, so that what was restored stays. */
const isCompaction = (instructions: string): boolean => instructions.startsWith('Summarise')

/** As a mind reads an item. */
function memoOf(item: WireItem): object {
  if (item.type === 'function_call')
    return { type: 'call', callId: item.call_id, name: item.name, arguments: item.arguments }
  if (item.type === 'function_call_output') return { type: 'result', callId: item.call_id, output: item.output }
  if (item.type !== 'message') throw new Error(`no plan has a ${item.type}`)
  return { type: 'message', role: item.role, text: (item.content[0]?.text ?? '').trim() }
}

async function prove(engine: ScriptedEngine, turns: readonly RandomTurn[]): Promise<number> {
  const before = changesOf(turns)
  const { conversation } = createMemoryRecord(before)
  const { items } = planRestore(conversation(), voiceRestoreBudget, {
    endpoint: embeddedEndpoint.name,
    without: [],
    bare: false,
  })
  const { proof, session, ask, stop } = await restoreInto(engine, before)
  try {
    expect(proof).toMatchObject({ restored: items.length, refused: [], digest: digestOf(items) })
    const retrieves = items.map(({ id }) => ({ type: 'conversation.item.retrieve', item_id: id }))
    const held = await ask(retrieves, 'conversation.item.retrieved', items.length)
    expect(held.map(({ item }) => item as object)).toMatchObject(items)
    expect(session.holds().items.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
    // What the mind is given is all there is: no item more, in no other order.
    const metadata = { of: 'this test' }
    await ask([{ type: 'response.create', response: { ...beside, metadata } }], 'response.done', 1, ({ response }) =>
      Object.is((response as { metadata: Partial<typeof metadata> | null }).metadata?.of, metadata.of),
    )
    const asked = engine.mind.asks.findLast(({ instructions }) => !isCompaction(instructions))
    expect(asked?.memos).toEqual(items.map(memoOf))
    return items.length
  } finally {
    await stop()
  }
}

describe('a history given to a fresh session of the real engine', () => {
  it(`[H1] is held by it item for item as it was planned, whatever was said (${runs} histories)`, async () => {
    const engine = await startScriptedEngine({
      answer: ({ instructions }) => (isCompaction(instructions) ? [] : [{ type: 'text', text: 'Yes.' }]),
    })
    let items = 0
    await fc.assert(
      fc.asyncProperty(histories, async (turns) => void (items += await prove(engine, turns))),
      { numRuns: runs, endOnFailure: true, plugins: [fc.timeout(8_000)] },
    )
    expect(engine.faults).toEqual([])
    expect(items).toBeGreaterThan(runs)
    if (process.env['PARLEY_RUNS']) console.log(`${runs} histories, ${items} items: each held as planned`)
  })
})
