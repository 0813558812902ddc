// What comes over one socket, read and counted, and what things are called on it: ids that are longer than the record takes, and
// turns to which a server gives several names or none (core/realtime/turn-names.ts). What is sent carries the service's own again.
import { withLosses, type Loss } from '../../core/losses.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { parseServerEvent } from '../../core/realtime/parse.ts'
import { nameTurns, noNames, ourName } from '../../core/realtime/turn-names.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import { createLongNames } from './long-names.ts'

export interface WireCounts {
  events: number
  unknown: number
  /** Known ones without what makes them that. */
  broken: number
  /** Why those were dropped, and what was left out of others. */
  losses: readonly Loss[]
}

export interface ReadingOpts {
  /** A service of which it is known that it names a turn once: its names stay as they are. */
  isKnown: boolean
  /** A commit of ours has no answer yet. */
  awaitsCommit: () => boolean
  /** None of the protocol's events came. */
  onStrange: () => void
}

export interface Reading {
  /** What goes out, with the service's names. */
  sent(event: ClientEvent): ClientEvent
  /** What came, with ours, behind what the service left untold. */
  came(text: string): readonly HeardEvent[]
  counts(): WireCounts
}

export function createReading(opts: ReadingOpts): Reading {
  const counts: WireCounts = { events: 0, unknown: 0, broken: 0, losses: [] }
  const long = createLongNames()
  let turns = noNames

  function lose(why: string): readonly [] {
    counts.broken++
    counts.losses = withLosses(counts.losses, [why])
    opts.onStrange()
    return []
  }

  function named(event: HeardEvent): readonly HeardEvent[] {
    if (opts.isKnown) return 'item_id' in event && event.item_id === '' ? lose(`${event.type}: item_id`) : [event]
    const step = nameTurns(turns, event, opts.awaitsCommit())
    turns = step.names
    if (step.learnt) long.learn([step.learnt])
    return [...step.untold, step.event]
  }

  return {
    sent(event) {
      if (!opts.isKnown && event.type === 'conversation.item.create') turns = ourName(turns, event.item.id ?? '')
      return long.restored(event)
    },
    came(text) {
      counts.events++
      const parsed = parseServerEvent(text)
      switch (parsed.type) {
        case 'known':
          if (parsed.apart) {
            counts.losses = withLosses(counts.losses, parsed.apart.causes)
            long.learn(parsed.apart.renamed)
          }
          return named(parsed.event)
        case 'unknown':
          counts.unknown++
          opts.onStrange()
          return []
        case 'broken':
          return lose(parsed.why)
      }
    },
    counts: () => ({ ...counts }),
  }
}
