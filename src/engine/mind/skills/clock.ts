// The time of day, here and in other places.
import type { Skill } from '../skill.ts'
import { pick } from '../skill.ts'
import { capitalised } from '../../language/speakable.ts'
import { daysBetween, partsAt, sayTime } from '../../language/zoned.ts'

/** Places whose zone is named after another city. */
const placesOf: Record<string, string> = {
  'Europe/London': 'england,britain,the uk,uk',
  'Europe/Berlin': 'germany,munich,hamburg',
  'Europe/Paris': 'france',
  'Europe/Madrid': 'spain,barcelona',
  'Europe/Rome': 'italy,milan',
  'Europe/Oslo': 'norway',
  'Europe/Stockholm': 'sweden',
  'Europe/Dublin': 'ireland',
  'Asia/Tokyo': 'japan',
  'Asia/Shanghai': 'china,beijing',
  'Asia/Kolkata': 'india,delhi,new delhi,mumbai',
  'America/Los_Angeles': 'san francisco,california,seattle,las vegas',
  'America/New_York': 'boston,washington,miami,new york city',
  'America/Chicago': 'texas,houston,dallas',
  UTC: 'utc,gmt',
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
    if (there !== undefined && there !== 'here') {
      const zone = zoneOf(there)
      if (zone === null)
        return { say: `I don't know what the time is in ${capitalised(there)}.`, topic: { about: 'time' } }
      const [here, away] = [partsAt(scene.nowMs, scene.timeZone), partsAt(scene.nowMs, zone)]
      const days = daysBetween(here, away)
      const shift = days === 0 ? '' : days > 0 ? ' tomorrow' : ' yesterday'
      return { say: `In ${placeName(there)} it's ${sayTime(away)}${shift}.`, topic: { about: 'time' } }
    }
    if (there !== 'here' && !asked.some((pattern) => pattern.test(text))) return null
    const said = sayTime(partsAt(scene.nowMs, scene.timeZone))
    return {
      say: pick(scene.random, [`It's ${said}.`, `It is ${said}.`, `The time is ${said}.`]),
      topic: { about: 'time' },
    }
  },
}

/** IANA zone of a place by its own name, null when unknown. */
function zoneOf(place: string): string | null {
  const named = Object.keys(placesOf).find((zone) => placesOf[zone]?.split(',').includes(place) === true)
  if (named !== undefined) return named
  const city = place.replace(/^the /, '').replaceAll(' ', '_')
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? null
}

function placeName(place: string): string {
  if (/^(?:the )?(?:uk|utc|gmt)$/.test(place)) return place.toUpperCase().replace('THE', 'the')
  return place.split(' ').map(capitalised).join(' ')
}
