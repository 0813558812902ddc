import { describe, expect, it } from 'vitest'
import {
  interruptResponse,
  noResponse,
  responseAsked,
  responseBegan,
  responseDone,
  responseRefused,
  turnTaken,
} from '../../../src/core/realtime/responses.ts'

const busy = 'conversation_already_has_active_response'

describe('one response in flight', () => {
  it('[T3] ours begins, runs and ends; the end of another one changes nothing', () => {
    const { flight } = responseBegan(responseAsked('e1'), 'r1')
    expect(flight).toEqual({ type: 'running', response: 'r1', unwanted: false })
    expect(responseDone(flight, 'r0')).toBe(flight)
    expect(responseDone(flight, 'r1')).toEqual(noResponse)
  })

  it('[T3] a refusal because of another one waits for that one, whose name is learned when it is told', () => {
    const { flight, outcome } = responseRefused(responseAsked('e1'), busy, 'e1')
    expect(outcome).toBe('postponed')
    expect(flight).toEqual({ type: 'running', response: null, unwanted: false, refused: 'e1' })
    expect(responseBegan(flight, 'r1')).toEqual({
      flight: { type: 'running', response: 'r1', unwanted: false },
      cancel: false,
    })
    expect(responseDone(flight, 'r1')).toEqual(noResponse)
  })

  it('[T2] one that was interrupted before it began is cancelled when it does, also under another name', () => {
    const asked = interruptResponse(responseAsked('e1'))
    expect(responseBegan(asked, 'r1').cancel).toBe(true)
    const { flight, outcome } = responseRefused(asked, busy, 'e1')
    expect(outcome).toBe('nothing')
    expect(responseBegan(flight, 'r1').cancel).toBe(true)
  })

  it('[T2] a turn that the service takes after an interruption is answered, not cancelled', () => {
    const asked = interruptResponse(responseAsked('e1'))
    expect(responseBegan(turnTaken(asked), 'r2').cancel).toBe(false)
  })

  it('[T4] a refusal for another reason gives the question up once; one that names another request changes nothing', () => {
    const asked = responseAsked('e1')
    expect(responseRefused(asked, 'invalid_value', 'e1')).toEqual({ flight: noResponse, outcome: 'refused' })
    expect(responseRefused(asked, 'invalid_value', 'other')).toEqual({ flight: asked, outcome: 'nothing' })
    expect(responseRefused(noResponse, 'invalid_value', 'e1').outcome).toBe('nothing')
  })
})
