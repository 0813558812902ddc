// What a session.update may say, field by field. Only what the published API knows: a field it does not know is refused.
import { z } from 'zod'

const flags = { create_response: z.boolean().optional(), interrupt_response: z.boolean().optional() }
const turnDetection = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('server_vad'),
    threshold: z.number().min(0).max(1).optional(),
    prefix_padding_ms: z.int().min(0).max(5_000).optional(),
    silence_duration_ms: z.int().min(0).max(10_000).optional(),
    idle_timeout_ms: z.int().min(5_000).max(30_000).nullish(),
    ...flags,
  }),
  z.strictObject({
    type: z.literal('semantic_vad'),
    eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
    ...flags,
  }),
])

/** The service also takes 8 kHz telephone audio (`audio/pcmu`, `audio/pcma`); the engine does not and says so. */
export const audioFormat = z.strictObject({ type: z.literal('audio/pcm'), rate: z.literal(24_000).optional() })

const voiceName = z.string().min(1).max(64)
/** A voice by name or as `{ id }`; kept as its name. */
export const voice = z.union([voiceName, z.strictObject({ id: voiceName }).transform(({ id }) => id)])

export const functionTool = z.strictObject({
  type: z.literal('function'),
  name: z.string().regex(/^[\w-]{1,64}$/),
  description: z.string().optional(),
  parameters: z.unknown().optional(),
  strict: z.boolean().nullish(),
})
export const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.strictObject({ type: z.literal('function'), name: z.string().min(1) }),
])
export const outputModalities = z.array(z.enum(['text', 'audio'])).length(1)
export const maxOutputTokens = z.union([z.literal('inf'), z.int().min(1).max(4_096)])

export const sessionUpdate = z.strictObject({
  type: z.literal('realtime'),
  model: z.string().optional(),
  output_modalities: outputModalities.optional(),
  instructions: z.string().optional(),
  audio: z
    .strictObject({
      input: z
        .strictObject({
          format: audioFormat.optional(),
          noise_reduction: z
            .strictObject({ type: z.enum(['near_field', 'far_field']), strength: z.number().min(0).max(1).optional() })
            .nullish(),
          transcription: z
            .strictObject({
              model: z.string().optional(),
              language: z.string().optional(),
              prompt: z.string().optional(),
              languages: z.array(z.string()).optional(),
              keywords: z.array(z.string()).optional(),
              delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
            })
            .nullish(),
          turn_detection: turnDetection.nullish(),
        })
        .optional(),
      output: z
        .strictObject({
          format: audioFormat.optional(),
          voice: voice.optional(),
          speed: z.number().min(0.25).max(1.5).optional(),
        })
        .optional(),
    })
    .optional(),
  tools: z.array(functionTool).max(128).optional(),
  tool_choice: toolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  reasoning: z.strictObject({ effort: z.string().optional() }).optional(),
  max_output_tokens: maxOutputTokens.optional(),
  truncation: z.unknown().optional(),
  tracing: z.unknown().optional(),
  prompt: z.unknown().optional(),
  include: z.array(z.literal('item.input_audio_transcription.logprobs')).nullish(),
})
export type SessionUpdate = z.infer<typeof sessionUpdate>
