// What requests to hear something do: an answer once more, a voice before it is chosen. By the service where it is live and may
// be used, else by the built-in voice.
import type { Answers, ArgumentOf, Reading } from '../../core/ipc.ts'
import type { Settings } from '../../core/settings.ts'
import { voiceConfigOf } from '../../core/voice-wishes.ts'
import { pricedModel } from '../../core/spending/prices.ts'
import { voiceRequest } from '../net/endpoint.ts'
import { addressOf } from './address.ts'
import type { AppOpts } from './app-opts.ts'
import type { Reader } from './reader.ts'
import { RefusedRequest } from './reply.ts'
import type { AppParts } from './app-parts.ts'
import { endpointNameOf } from './voice-config.ts'

type ReadingRequest = 'read-aloud' | 'preview-voice'

export type ReadingHandlers = { [Name in ReadingRequest]: (argument: ArgumentOf<Name>) => Promise<Answers[Name]> }

const builtIn = { kind: 'embedded', model: 'gpt-realtime' } as const
const sample = 'Hello. This is how I sound.'

export function createReadingHandlers(opts: AppOpts, parts: AppParts, reader: Reader): ReadingHandlers {
  const { settings, spending } = opts
  const { active, sound } = parts

  /** @param endpoint by which it is read */
  async function read(of: Reading, text: string, endpoint: Settings['endpoint'], voice: string | null): Promise<void> {
    const speaker = await sound.openSpeaker()
    if (speaker.type === 'missing') throw new RefusedRequest('refused', speaker.message)
    if (active.isHearing()) throw new RefusedRequest('refused', 'You are being heard. Try again in the pause.')
    // Whoever wants to hear this now does not want to hear the other to its end.
    if (active.isSpeaking()) await active.companion()?.hush()
    const address = (await addressOf(endpoint, opts.secrets)) ?? (await opts.builtIn())
    await reader.read({
      of,
      text,
      voice,
      speed: settings.current().speed,
      request: await opts.wayOut.by(voiceRequest(address, endpoint.model)),
      onUsage: (usage) => spending.count(pricedModel(endpointNameOf(endpoint), endpoint.model), usage),
    })
  }

  /** Why the service that is set may not be used now, null when it may. */
  const refusal = (endpoint: Settings['endpoint']): string | null =>
    endpoint.kind === 'embedded' ? null : spending.refusal('voice')

  return {
    async 'read-aloud'({ turn }) {
      const text = active.conversation()?.turns.find(({ id }) => id === turn)?.text ?? ''
      if (text.trim() === '') throw new RefusedRequest('missing', 'There are no words to read here.')
      const now = settings.current()
      const isLive = parts.state().line.type === 'live' && refusal(now.endpoint) === null
      const endpoint = isLive ? now.endpoint : builtIn
      await read({ turn }, text, endpoint, voiceConfigOf(isLive ? now : { ...now, endpoint, voice: '' }).voice)
      return null
    },
    async 'preview-voice'({ voice }) {
      const now = settings.current()
      const why = refusal(now.endpoint)
      if (why !== null) throw new RefusedRequest('refused', why)
      await read('voice', sample, now.endpoint, voiceConfigOf({ ...now, voice }).voice)
      return null
    },
  }
}
