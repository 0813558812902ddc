// The time zone of this computer, which may change while Parley runs, and its offset, which may change within a zone.
import type { Zone } from '../core/local-time.ts'

/** @param atMs wall clock */
export function zoneAt(atMs: number): Zone {
  return {
    name: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    offsetMinutes: -new Date(atMs).getTimezoneOffset(),
  }
}
