import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createVoiceLine, numberedFrame, type VoiceLine } from '../../support/voice-line.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

const hours = Number(process.env['PARLEY_HOURS'] ?? 3)
const stepMs = 5_000
const expired = { type: 'invalid_request_error', code: 'session_expired', message: 'Too old', event_id: null }

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

async function heapBytes(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** A minute passes; @returns the connection that carries the conversation then */
async function passMinute(line: VoiceLine, service: ScriptedConnection): Promise<ScriptedConnection> {
  let carrying = service
  for (let passedMs = 0; passedMs < 60_000; passedMs += stepMs) {
    line.clock.pass(stepMs)
    carrying = await follow(line, carrying)
    await carrying.settled()
  }
  return carrying
}

async function follow(line: VoiceLine, carrying: ScriptedConnection): Promise<ScriptedConnection> {
  await Promise.race([carrying.settled(), carrying.closed])
  const phase = line.session.phase()
  if (phase.type === 'live' && phase.socket === carrying.number) return carrying
  const next = await line.server.connection()
  while (line.session.phase().type !== 'live') await next.settled()
  return next
}

describe('a long conversation', () => {
  it(`[C18] ${hours} hours: hand-overs and expiries, no turn lost or doubled, and memory that stays`, async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    let service = await line.live()
    const script: string[] = []
    const heap: number[] = []
    for (let minute = 0; minute < hours * 60; minute++) {
      const [user, item, response] = [`u${minute}`, `a${minute}`, `r${minute}`]
      const [question, reply] = [`Question ${minute}?`, `Answer ${minute} to what was asked.`]
      const previous = minute === 0 ? null : `a${minute - 1}`
      service.hearTurn(user, previous, question)
      service.beginAnswer({ response, item, previous: user })
      service.speak({ response, item }, reply, 1_000)
      service.endAnswer({ response, item }, reply)
      for (let frame = 0; frame < 5; frame++) line.session.hear(numberedFrame(frame))
      await service.settled()
      script.push(question, reply)
      service = await passMinute(line, service)
      // Every other hour the service ends the session before it was handed over.
      if (minute % 120 === 30) {
        service.send({ type: 'error', error: expired })
        service = await follow(line, service)
      }
      if (minute % 60 === 59) heap.push(await heapBytes())
    }
    const turns = line.record.conversation().turns
    expect(turns.map(({ text }) => text)).toEqual(script)
    expect(turns.filter(({ state }) => state.type !== 'final')).toEqual([])
    expect(line.record.conversation().sessions - 1).toBeGreaterThanOrEqual(hours)
    expect(line.server.mostOpen()).toBeLessThanOrEqual(2)
    // The first hour loads and compiles what is used.
    const growth = (heap.at(-1)! - heap[0]!) / Math.max(1, heap.length - 1)
    expect(growth).toBeLessThanOrEqual(1024 ** 2)
  })
})
