// A voice line whose session is handed over while somebody speaks into it: frames of a ramp at the microphone, an answer of
// a ramp from the service, and time in steps of a frame.
import { encodeBase64 } from '../../src/main/base64.ts'
import { frameMs, msToSamples, samplesToBytes } from '../../src/core/audio/pcm.ts'
import { ramp, rampFrame } from './ramp.ts'
import type { ScriptedConnection } from './scripted-server.ts'
import { createVoiceLine, type VoiceLine, type VoiceLineOpts } from './voice-line.ts'

export interface OvertakenLine extends VoiceLine {
  /** So many frames are spoken, each at its time; the sockets named are worked off now and then. */
  speak(frames: number, ...connections: ScriptedConnection[]): Promise<void>
  spokenFrames(): number
  /** The next `ms` of the answer's ramp. */
  answer(connection: ScriptedConnection, ids: { response: string; item: string }, words: string, ms: number): void
}

export const minuteMs = 60_000
const framesPerLook = 10

export async function createOvertakenLine(opts: VoiceLineOpts): Promise<OvertakenLine> {
  const line = await createVoiceLine(opts)
  let spoken = 0
  let answered = 0
  return {
    ...line,
    async speak(frames, ...connections) {
      for (let at = 0; at < frames; at++) {
        line.session.hear(rampFrame(spoken++))
        line.clock.pass(frameMs)
        if (at % framesPerLook === 0) for (const connection of connections) await connection.settled()
      }
    },
    spokenFrames: () => spoken,
    answer(connection, { response, item }, words, ms) {
      const ids = { response_id: response, item_id: item, output_index: 0, content_index: 0 }
      const samples = ramp(answered, msToSamples(ms))
      answered += samples.length
      connection.send({ type: 'response.output_audio_transcript.delta', ...ids, delta: words })
      connection.send({ type: 'response.output_audio.delta', ...ids, delta: encodeBase64(samplesToBytes(samples)) })
    },
  }
}
