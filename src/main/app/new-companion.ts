// Makes the companion of a conversation as the settings are now: which voice, at which address, with which tools, and that a
// spent limit of the day refuses both. What it says is followed by active-conversation.ts.
import { voiceConfigOf } from '../../core/voice-wishes.ts'
import type { Companion } from '../companion.ts'
import { EndpointError } from '../net/endpoint.ts'
import type { StoredConversation } from '../store/conversation.ts'
import { addressOf, baseUrlOf } from './address.ts'
import type { AppOpts } from './app-opts.ts'
import type { Monitor } from './monitor.ts'
import type { AppSound } from './sound.ts'
import { agentWishesOf, endpointNameOf, namingOf, quickTools, sendsOnlySpeech } from './voice-config.ts'

export interface NewCompanionOpts extends Pick<AppOpts, 'compose' | 'settings' | 'secrets' | 'spending' | 'workshop'> {
  sound: AppSound
  monitor: Monitor
}

export function newCompanion(opts: NewCompanionOpts, record: StoredConversation): Companion {
  const { settings, spending, workshop, sound } = opts
  const now = settings.current()
  const place = baseUrlOf(now.endpoint)
  const costs = now.endpoint.kind !== 'embedded'
  return opts.compose({
    record,
    microphone: sound.microphone,
    speaker: sound.speaker,
    config: voiceConfigOf(now),
    onlySpeech: sendsOnlySpeech(now),
    naming: namingOf(now),
    address: () => {
      const refusal = costs ? spending.refusal('voice') : null
      if (refusal !== null) throw new EndpointError(refusal, 'limit')
      return addressOf(now.endpoint, opts.secrets)
    },
    endpoint: {
      name: endpointNameOf(now.endpoint),
      model: now.endpoint.model,
      ...(place === null ? {} : { address: place }),
    },
    openSocket: opts.monitor.openSocket,
    work: {
      wishes: agentWishesOf(now),
      tools: () => workshop.tools(),
      // The built-in voice does these by itself.
      quick: costs ? quickTools : [],
      speaksResults: () => settings.current().results === 'speak',
      refusal: () => (costs ? spending.refusal('agent') : null),
    },
  })
}
