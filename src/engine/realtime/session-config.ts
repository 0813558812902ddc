// The session object: its defaults, what an update may say, and how an update is merged. Pure; who is told is
// connection.ts's business. The numbers are those a fresh session of the service shows.
import type { z } from 'zod'
import type { TurnRule } from '../ports.ts'
import { refuse, type Refusal } from './errors.ts'
import { refusalOf } from './issue.ts'
import { sessionUpdate, type functionTool, type SessionUpdate, type toolChoice } from './session-schema.ts'

export type AudioFormat = { type: 'audio/pcm'; rate: 24_000 }
export type FunctionTool = z.infer<typeof functionTool>
export type ToolChoice = z.infer<typeof toolChoice>
type Given<T> = NonNullable<T>
type InputUpdate = Given<Given<SessionUpdate['audio']>['input']>
interface AnswerFlags {
  create_response: boolean
  interrupt_response: boolean
}
export type TurnDetection = AnswerFlags &
  (
    | {
        type: 'server_vad'
        threshold: number
        prefix_padding_ms: number
        silence_duration_ms: number
        idle_timeout_ms: number | null
      }
    | { type: 'semantic_vad'; eagerness: 'low' | 'medium' | 'high' | 'auto' }
  )

export interface SessionConfig {
  object: 'realtime.session'
  type: 'realtime'
  id: string
  model: string
  output_modalities: ('text' | 'audio')[]
  instructions: string
  tools: FunctionTool[]
  tool_choice: ToolChoice
  max_output_tokens: number | 'inf'
  tracing: unknown
  truncation: unknown
  prompt: unknown
  /** Seconds since 1970. */
  expires_at: number
  audio: {
    input: {
      format: AudioFormat
      transcription: Given<InputUpdate['transcription']> | null
      noise_reduction: Given<InputUpdate['noise_reduction']> | null
      turn_detection: TurnDetection | null
    }
    output: { format: AudioFormat; voice: string; speed: number }
  }
  include: string[] | null
  parallel_tool_calls?: boolean
  reasoning?: Given<SessionUpdate['reasoning']>
}

const pcm: AudioFormat = { type: 'audio/pcm', rate: 24_000 }
const serverVad: TurnDetection = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 200,
  idle_timeout_ms: null,
  create_response: true,
  interrupt_response: true,
}
const semanticVad: TurnDetection = {
  type: 'semantic_vad',
  eagerness: 'auto',
  create_response: true,
  interrupt_response: true,
}

export function freshSession(about: { id: string; model: string; expiresAtMs: number }): SessionConfig {
  return {
    object: 'realtime.session',
    type: 'realtime',
    id: about.id,
    model: about.model,
    output_modalities: ['audio'],
    instructions: 'Talk with the person: be brief, friendly and concrete, and speak the language they speak.',
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    expires_at: Math.floor(about.expiresAtMs / 1_000),
    audio: {
      input: { format: pcm, transcription: null, noise_reduction: null, turn_detection: serverVad },
      output: { format: pcm, voice: 'alloy', speed: 1 },
    },
    include: null,
  }
}

/**
 * The session after an update; fields that the update does not name keep their value.
 * @param voiceFrozen audio has been produced, so the voice stays
 */
export function updateSession(
  now: SessionConfig,
  wanted: unknown,
  voiceFrozen: boolean,
): { session: SessionConfig } | { refusal: Refusal } {
  const checked = sessionUpdate.safeParse(wanted, { reportInput: true })
  if (!checked.success) return { refusal: refusalOf(checked.error, ['session']) }
  const next = checked.data
  if (next.model !== undefined && next.model !== now.model)
    return { refusal: refuse.value('session.model', `The model of a session can't be changed from '${now.model}'.`) }
  const output = next.audio?.output
  if (voiceFrozen && output?.voice !== undefined && output.voice !== now.audio.output.voice)
    return { refusal: refuse.voice() }
  const input = next.audio?.input ?? {}
  const session: SessionConfig = {
    ...now,
    output_modalities: next.output_modalities ?? now.output_modalities,
    instructions: next.instructions ?? now.instructions,
    tools: next.tools ?? now.tools,
    tool_choice: next.tool_choice ?? now.tool_choice,
    max_output_tokens: next.max_output_tokens ?? now.max_output_tokens,
    tracing: kept(next.tracing, now.tracing),
    truncation: kept(next.truncation, now.truncation),
    prompt: kept(next.prompt, now.prompt),
    include: kept(next.include, now.include),
    audio: {
      input: {
        format: now.audio.input.format,
        transcription: kept(input.transcription, now.audio.input.transcription),
        noise_reduction: mergedNoiseReduction(now.audio.input.noise_reduction, input.noise_reduction),
        turn_detection: mergedTurnDetection(now.audio.input.turn_detection, input.turn_detection),
      },
      output: {
        format: now.audio.output.format,
        voice: output?.voice ?? now.audio.output.voice,
        speed: output?.speed ?? now.audio.output.speed,
      },
    },
  }
  if (next.parallel_tool_calls !== undefined) session.parallel_tool_calls = next.parallel_tool_calls
  if (next.reasoning !== undefined) session.reasoning = next.reasoning
  return { session }
}

/** Null says "none", absence says "as it is". */
const kept = <T>(next: T | undefined, now: T): T => (next === undefined ? now : next)

function mergedNoiseReduction(
  now: SessionConfig['audio']['input']['noise_reduction'],
  next: InputUpdate['noise_reduction'],
): SessionConfig['audio']['input']['noise_reduction'] {
  if (next === undefined) return now
  return next && now?.strength !== undefined ? { strength: now.strength, ...next } : next
}

function mergedTurnDetection(now: TurnDetection | null, next: InputUpdate['turn_detection']): TurnDetection | null {
  if (next === undefined) return now
  if (next === null) return null
  const base = now?.type === next.type ? now : next.type === 'server_vad' ? serverVad : semanticVad
  const given = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined))
  return { ...base, ...given }
}

/** What the speech input is told. `auto` is medium, as the service documents it. */
export function turnRule(detection: TurnDetection | null): TurnRule {
  if (!detection) return { type: 'none' }
  if (detection.type === 'semantic_vad')
    return { type: 'semantic_vad', eagerness: detection.eagerness === 'auto' ? 'medium' : detection.eagerness }
  return {
    type: 'server_vad',
    threshold: detection.threshold,
    prefixPaddingMs: detection.prefix_padding_ms,
    silenceDurationMs: detection.silence_duration_ms,
  }
}
