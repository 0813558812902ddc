// The form in which a server wants what it is told: today's, the beta's with flat settings, or today's with the voice and the end of
// turns at the top. Which it is, it shows in the session that it begins with. Pure.
import { fieldsOf, type Fields } from '../wire-values.ts'
import type { ClientEvent, ClientEventOf } from './events.ts'

export type Form = 'today' | 'beta' | 'at the top'

/** @param session as the server shows it */
export function formOf(session: Fields): Form {
  if ('modalities' in session || 'input_audio_format' in session) return 'beta'
  return 'turn_detection' in session || 'voice' in session ? 'at the top' : 'today'
}

/** @returns the event as such a server wants it; its fields are then none of today's types */
export function inForm(event: ClientEvent, form: Form): object {
  if (form === 'today') return event
  if (event.type === 'session.update') return { ...event, session: settingsIn(event, form) }
  if (form === 'at the top') return event
  if (event.type === 'response.create' && event.response) {
    const { output_modalities: modalities, ...rest } = event.response
    return { ...event, response: { ...rest, ...modalitiesOf(modalities) } }
  }
  if (event.type === 'conversation.item.create' && event.item.type === 'message' && event.item.role === 'assistant') {
    const content = event.item.content.map((part) => (part.type === 'output_text' ? { ...part, type: 'text' } : part))
    return { ...event, item: { ...event.item, content } }
  }
  return event
}

function settingsIn({ session }: ClientEventOf<'session.update'>, form: Form): object {
  const { audio, type, output_modalities: modalities, ...rest } = session as unknown as Fields
  const { input, output } = { input: {}, output: {}, ...fieldsOf(audio) }
  const { turn_detection: turns, transcription, noise_reduction: noise, format } = { ...fieldsOf(input) } as Fields
  const { voice, speed } = { ...fieldsOf(output) } as Fields
  const top = { ...given('voice', voice), ...given('turn_detection', turns) }
  if (form === 'at the top') {
    const inner = withoutKey(input, 'turn_detection')
    const outer = withoutKey(output, 'voice')
    const sound = {
      ...(Object.keys(inner).length > 0 ? { input: inner } : {}),
      ...(Object.keys(outer).length > 0 ? { output: outer } : {}),
    }
    return { type, ...given('output_modalities', modalities), ...rest, audio: sound, ...top }
  }
  return {
    ...modalitiesOf(modalities),
    ...rest,
    ...top,
    ...given('speed', speed),
    ...(format === undefined ? {} : { input_audio_format: 'pcm16', output_audio_format: 'pcm16' }),
    ...given('input_audio_transcription', transcription),
    ...given('input_audio_noise_reduction', noise),
  }
}

const given = (name: string, value: unknown): object => (value === undefined ? {} : { [name]: value })

/** Of the beta sound never comes without its words. */
function modalitiesOf(value: unknown): object {
  if (!Array.isArray(value)) return {}
  return { modalities: value.includes('audio') ? ['audio', 'text'] : ['text'] }
}

function withoutKey(node: unknown, key: string): object {
  return Object.fromEntries(Object.entries(fieldsOf(node) ?? {}).filter(([name]) => name !== key))
}
