// The person's date and time in words for a model, which has no clock. Pure: the zone is an argument.

export interface Zone {
  /** `Europe/Berlin` */
  name: string
  /** East of UTC. */
  offsetMinutes: number
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/**
 * `Today is Thursday, 26 November 2026, in the time zone Europe/Berlin (UTC+01:00).` Without the time of day, so that what is
 * cached of the instructions holds for a day. @param atMs wall clock
 */
export function dayLine(atMs: number, zone: Zone): string {
  const at = local(atMs, zone)
  const day = `${weekdays[at.getUTCDay()]}, ${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`
  return `Today is ${day}, in the time zone ${zone.name} (UTC${offset(zone)}).`
}

/** The same with the minute at which a session begins. */
export function beginningLine(atMs: number, zone: Zone): string {
  return `${dayLine(atMs, zone)} This session begins at ${minute(local(atMs, zone))}; the answers of your functions tell the time.`
}

const timeName = 'Local time'

/** Behind a tool's answer: `Local time: 2026-11-26 21:13 +01:00` */
export function withTime(output: string, atMs: number, zone: Zone): string {
  const at = local(atMs, zone)
  return `${output}\n${timeName}: ${at.toISOString().slice(0, 10)} ${minute(at)} ${offset(zone)}`
}

/** A tool's answer as it was. */
export function withoutTime(output: string): string {
  return output.replace(/\nLocal time: \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d$/, '')
}

/** A date whose UTC parts are the local ones. */
function local(atMs: number, { offsetMinutes }: Zone): Date {
  return new Date(atMs + offsetMinutes * 60_000)
}

const minute = (at: Date): string => at.toISOString().slice(11, 16)

function offset({ offsetMinutes }: Zone): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const all = Math.abs(offsetMinutes)
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(all / 60))}:${two(all % 60)}`
}
