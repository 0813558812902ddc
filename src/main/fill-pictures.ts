// Puts the bytes of pictures where items hold their addresses, at the moment in which an item is sent and nowhere before: what is
// compared, counted and kept of an item stays small. One whose bytes are gone is a sentence.
import { readAddress, sentenceAt } from '../core/pictures/picture.ts'
import type { ClientEvent } from '../core/realtime/events.ts'
import type { PictureBytes } from './ports.ts'

type Bytes = Pick<PictureBytes, 'dataUrl'>

export function fillEvent(event: ClientEvent, pictures: Bytes): ClientEvent {
  return event.type === 'conversation.item.create' ? { ...event, item: fillItem(event.item, pictures) } : event
}

/** Of a message of the voice socket or of a Responses chain; what has no pictures is given back as it is. */
export function fillItem<Item extends object>(item: Item, pictures: Bytes): Item {
  const content: unknown = 'content' in item ? item.content : null
  if (!Array.isArray(content) || !content.some((part) => addressIn(part) !== null)) return item
  return { ...item, content: content.map((part: unknown) => fillPart(part, pictures)) }
}

function fillPart(part: unknown, pictures: Bytes): unknown {
  const address = addressIn(part)
  if (address === null) return part
  const url = pictures.dataUrl(address.digest)
  if (url === null) return { type: 'input_text', text: sentenceAt(address) }
  return { type: 'input_image', image_url: url, detail: 'auto' }
}

function addressIn(part: unknown): ReturnType<typeof readAddress> {
  return typeof part === 'object' && part !== null && 'image_url' in part ? readAddress(part.image_url) : null
}
