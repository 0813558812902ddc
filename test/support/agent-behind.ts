// An app whose voice and agent live at one address, both driven by a test: the voice hands a task over, the agent does steps.
import { onTestFinished } from 'vitest'
import type { OpenAppOpts } from './opened-app.ts'
import { startJointService } from './joint-service.ts'
import { outputsIn, say } from './scripted-mind-of-tasks.ts'
import { createScriptedResponses, type ScriptedResponses } from './scripted-responses.ts'
import type { ScriptedConnection } from './scripted-server.ts'

export interface AgentBehind {
  agent: ScriptedResponses
  /** `host:port` of both. */
  host: string
  /** For `openApp` and what is made of it. */
  start: Pick<OpenAppOpts, 'settings'> & { before: (voiceHost: string) => Promise<void> }
}

/** Ends with the test that calls it. @param steps one after the other, then `result` */
export async function openAgentBehind(
  steps: readonly ReturnType<typeof say>[],
  result: string,
  settings: OpenAppOpts['settings'] = {},
): Promise<AgentBehind> {
  const agent = await createScriptedResponses({
    mind: (context) => [steps[outputsIn(context).length] ?? say(result)],
  })
  onTestFinished(() => agent.close())
  const joint = await startJointService(agent.url)
  return {
    agent,
    host: joint.host,
    start: {
      settings: { ...settings, endpoint: { kind: 'compatible', baseUrl: joint.url, model: 'scripted' } },
      before(voiceHost) {
        joint.setVoice(voiceHost)
        return Promise.resolve()
      },
    },
  }
}

/** The voice hands it over. */
export function askAgent(service: ScriptedConnection, task: string): void {
  const begun = { id: 'r1', object: 'realtime.response', conversation_id: 'conv' }
  const item = { id: 'fc_1', type: 'function_call', status: 'completed', call_id: 'v1', name: 'ask_agent' }
  const asked = { ...item, arguments: JSON.stringify({ task }) }
  service.send({ type: 'response.created', response: { ...begun, status: 'in_progress', output: [] } })
  service.send({ type: 'conversation.item.added', previous_item_id: null, item: asked })
  service.send({ type: 'response.done', response: { ...begun, status: 'completed', output: [asked] } })
}
