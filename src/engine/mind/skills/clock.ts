// The time of day, here and in other places.
import type { Skill } from '../skill.ts'
import { pick } from '../skill.ts'
import { capitalised } from '../../language/speakable.ts'
import { daysBetween, partsAt, sayTime } from '../../language/zoned.ts'

/** Places whose zone is named after another city. */
const zonesOf: Record<string, string> = {
  england: 'Europe/London',
  britain: 'Europe/London',
  'the uk': 'Europe/London',
  uk: 'Europe/London',
  germany: 'Europe/Berlin',
  munich: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  france: 'Europe/Paris',
  spain: 'Europe/Madrid',
  barcelona: 'Europe/Madrid',
  italy: 'Europe/Rome',
  milan: 'Europe/Rome',
  norway: 'Europe/Oslo',
  sweden: 'Europe/Stockholm',
  ireland: 'Europe/Dublin',
  japan: 'Asia/Tokyo',
  china: 'Asia/Shanghai',
  beijing: 'Asia/Shanghai',
  india: 'Asia/Kolkata',
  delhi: 'Asia/Kolkata',
  'new delhi': 'Asia/Kolkata',
  mumbai: 'Asia/Kolkata',
  'san francisco': 'America/Los_Angeles',
  california: 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  'las vegas': 'America/Los_Angeles',
  boston: 'America/New_York',
  washington: 'America/New_York',
  miami: 'America/New_York',
  'new york city': 'America/New_York',
  texas: 'America/Chicago',
  houston: 'America/Chicago',
  dallas: 'America/Chicago',
  utc: 'UTC',
  gmt: 'UTC',
}

const asked = [
  /^what (?:is the )?time (?:is it|it is|do you have|have you got)?(?: right| just)?(?: now| currently)?$/,
  /^(?:what is |the |what |tell me |give me |say )?(?:the )?(?:current |exact )?time(?: now| right now| is it| please)?$/,
  /^(?:do you )?(?:have|got) the time$/,
  /^(?:do you know |have you got )?what the time is$|^what time is it$|^what time it is$|^how late is it$/,
]
const askedThere =
  /^(?:what is |what )?(?:the )?(?:current |local )?time (?:is it |it is )?(?:right now |now )?in (.+?)(?: right now| now| at the moment)?$/

export const clock: Skill = {
  name: 'clock',
  kind: 'machine',
  examples: ['what time is it', 'what is the time', 'tell me the time'],
  answer({ text }, scene) {
    const there = askedThere.exec(text)?.[1]
    if (there !== undefined) {
      const zone = zoneOf(there)
      if (zone === null) return { say: `I don't know what the time is in ${capitalised(there)}.` }
      const [here, away] = [partsAt(scene.nowMs, scene.timeZone), partsAt(scene.nowMs, zone)]
      const days = daysBetween(here, away)
      const shift = days === 0 ? '' : days > 0 ? ' tomorrow' : ' yesterday'
      return { say: `In ${placeName(there)} it's ${sayTime(away)}${shift}.`, topic: { about: 'time' } }
    }
    if (!asked.some((pattern) => pattern.test(text))) return null
    const said = sayTime(partsAt(scene.nowMs, scene.timeZone))
    return {
      say: pick(scene.random, [`It's ${said}.`, `It is ${said}.`, `The time is ${said}.`]),
      topic: { about: 'time' },
    }
  },
}

/** IANA zone of a place by its own name, null when unknown. */
function zoneOf(place: string): string | null {
  const named = zonesOf[place]
  if (named !== undefined) return named
  const city = place.replace(/^the /, '').replaceAll(' ', '_')
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? null
}

function placeName(place: string): string {
  if (/^(?:the )?(?:uk|utc|gmt)$/.test(place)) return place.toUpperCase().replace('THE', 'the')
  return place.split(' ').map(capitalised).join(' ')
}
