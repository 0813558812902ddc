// Where the window opens: where it was, as long as that is still on a screen. Pure.
import { z } from 'zod'

interface Area {
  x: number
  y: number
  width: number
  height: number
}

const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(360).max(10_000),
  height: z.number().int().min(480).max(10_000),
  maximized: z.boolean(),
})

export type WindowPlace = z.infer<typeof placeSchema>

/** Room for the list of conversations beside the talk. */
const usual = { width: 1_180, height: 800 }
/** So much of it must be on a screen that one can take hold of it. */
const graspPx = 80

/** @returns null for anything that is none */
export function readPlace(text: string): WindowPlace | null {
  try {
    return placeSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** @param screens the parts of them that windows may take */
export function shownPlace(place: WindowPlace | null, screens: readonly Area[]): Partial<Area> {
  const screen = place === null ? undefined : screens.find((one) => isOn(place, one))
  if (place === null || screen === undefined) return usual
  const { x, y } = place
  return { x, y, width: Math.min(place.width, screen.width), height: Math.min(place.height, screen.height) }
}

function isOn(place: WindowPlace, screen: Area): boolean {
  const across = Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x)
  const isTopSeen = place.y >= screen.y && place.y + graspPx <= screen.y + screen.height
  return across >= graspPx && isTopSeen
}
