// A session with the embedded engine, as tests and measures configure it.
import type { TurnMode, VoiceConfig } from '../../src/core/realtime/commands.ts'

export const embeddedEndpoint = { name: 'embedded', model: 'parley-embedded' }

export function embeddedVoice(mode: TurnMode): VoiceConfig {
  return {
    instructions: '',
    voice: 'rms',
    speed: 1,
    transcription: { model: 'embedded' },
    mode,
    eagerness: 'auto',
    knowsMeaning: true,
    noiseReduction: null,
    effort: null,
    parallelCalls: null,
    retention: null,
    tools: [],
  }
}
