// From what a person set to how a voice session is configured and where it is. Pure.
import type { VoiceConfig } from '../../core/realtime/commands.ts'
import type { Settings } from '../../core/settings.ts'
import { talkModeOf, type TalkMode } from '../../core/views.ts'

const standingInstructions =
  'You are Parley, a voice companion. Answer in one or two short spoken sentences unless you are asked for more.'

export function voiceConfigOf(settings: Settings): VoiceConfig {
  const { endpoint, instructions, speed, language, turnMode, eagerness } = settings
  return {
    instructions: [standingInstructions, instructions.trim()].filter(Boolean).join('\n\n'),
    voice: settings.voice || (endpoint.kind === 'embedded' ? 'rms' : 'marin'),
    speed,
    language,
    transcriptionModel: 'gpt-4o-mini-transcribe',
    mode: turnMode,
    eagerness,
    tools: [],
  }
}

/** Where nobody chose one. */
export const usualOpenAiModel = 'gpt-realtime-2'

/** The name under which the endpoint's key is kept; null where none is needed. */
export function keyNameOf(endpoint: Settings['endpoint']): string | null {
  switch (endpoint.kind) {
    case 'embedded':
      return null
    case 'openai':
      return 'openai'
    case 'compatible':
      return `compatible ${new URL(endpoint.baseUrl).host}`
  }
}

export function endpointNameOf(endpoint: Settings['endpoint']): string {
  return endpoint.kind === 'compatible' ? new URL(endpoint.baseUrl).host : endpoint.kind
}

/** Models of the agent, where the person names none. */
export function agentModelOf({ endpoint, agentModel }: Settings): string {
  if (agentModel !== '') return agentModel
  return ownAgentModel(endpoint.kind, endpoint.model)
}

/** The agent's model of a service, where nobody names one: OpenAI's voice models do no such work, others have but one. */
export function ownAgentModel(service: string, voiceModel: string): string {
  return service === 'openai' ? 'gpt-5.4' : voiceModel
}

/** What the voice does in place, without handing it to the agent. */
export const quickTools = [
  'calculate',
  'set_timer',
  'set_reminder',
  'list_timers',
  'cancel_timer',
  'add_note',
  'read_notes',
]

/** Whether a session made with one has to be made anew for the other; how turns end changes on the live one. */
export function needsNewSession(before: Settings, after: Settings): boolean {
  const fixed = ({ endpoint, agentModel, voice, speed, language, instructions }: Settings): string =>
    JSON.stringify([endpoint, agentModel, voice, speed, language, instructions])
  return fixed(before) !== fixed(after)
}

/** What the switch between holding and hands-free sets; a mode of that kind that is set already stays. */
export function turnModeFor(mode: TalkMode, settings: Settings): Settings['turnMode'] {
  if (mode === talkModeOf(settings.turnMode)) return settings.turnMode
  return mode === 'hold' ? 'manual' : 'semantic'
}
