// What the app's voice and tools say of the time, and what a server that is not OpenAI is sent, over a real socket.
import { expect, it } from 'vitest'
import { openApp } from '../../support/opened-app.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

function ask(service: ScriptedConnection, call: string, name: string, args: object): void {
  const begun = { id: `r_${call}`, object: 'realtime.response', conversation_id: 'conv', output: [] }
  const item = { id: `fc_${call}`, type: 'function_call', status: 'completed', call_id: call, name }
  const asked = { ...item, arguments: JSON.stringify(args) }
  service.send({ type: 'response.created', response: { ...begun, status: 'in_progress' } })
  service.send({ type: 'response.done', response: { ...begun, status: 'completed', output: [asked] } })
}

it('[V213] a session begins with the day, the zone and its offset, and nothing is sent that nobody chose', async () => {
  const { live } = await openApp()
  const service = await live()
  const [update] = service.all('session.update')
  const session = update!.session as { instructions: string; audio: object }
  expect(session.instructions).toMatch(
    /\n\nToday is \w+, \d{1,2} \w+ \d{4}, in the time zone [\w/+-]+ \(UTC[+-]\d\d:\d\d\)\. This session begins at \d\d:\d\d;/,
  )
  expect(session.audio).toEqual({
    input: {
      format: { type: 'audio/pcm', rate: 24_000 },
      turn_detection: { type: 'server_vad', create_response: true, interrupt_response: true },
    },
    output: { format: { type: 'audio/pcm', rate: 24_000 } },
  })
})

it('[S212] each answer of a tool tells the local time with its offset', async () => {
  const { live } = await openApp()
  const service = await live()
  ask(service, 'call_1', 'calculate', { expression: '2 + 2' })
  ask(service, 'call_2', 'task_status', {})
  ask(service, 'call_3', 'add_to_task', { addition: 'also this' })
  ask(service, 'call_4', 'no_such_tool', {})
  const time = /\nLocal time: \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d$/
  for (let n = 0; n < 8; n++) await service.next('conversation.item.create')
  const outputs = service
    .all('conversation.item.create')
    .flatMap(({ item }) => (item.type === 'function_call_output' ? [item.output] : []))
  expect(outputs).toHaveLength(4)
  for (const output of outputs) expect(output).toMatch(time)
  expect(outputs.find((output) => output.includes('added'))).toContain('No such task is running')
})
