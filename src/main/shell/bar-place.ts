// Where the small bar stands on each screen: where it was put there, else below the middle. Pure.
import { z } from 'zod'

interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** By the screen's id: the bar's corner from the corner of what windows may take of that screen. */
export type BarPlaces = Readonly<Record<string, { x: number; y: number }>>

const corner = z.number().int().min(0).max(50_000)
const placesSchema = z.record(z.string().max(32), z.object({ x: corner, y: corner }))
const mostScreens = 32

export const barSize = { width: 460, height: 132 }
const edgePx = 24

export function readBarPlaces(text: string): BarPlaces {
  try {
    return placesSchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}

/** @returns where it is shown on that screen, whole */
export function placeOn(places: BarPlaces, screen: { id: number; workArea: Area }): Area {
  const { x, y, width, height } = screen.workArea
  const usual = { x: Math.round((width - barSize.width) / 2), y: height - barSize.height - edgePx }
  const kept = places[String(screen.id)] ?? usual
  const within = (at: number, most: number): number => Math.max(0, Math.min(at, most))
  return {
    x: x + within(kept.x, width - barSize.width),
    y: y + within(kept.y, height - barSize.height),
    ...barSize,
  }
}

/** It was put there. The screens that were seen last are kept. */
export function withPlace(
  places: BarPlaces,
  screen: { id: number; workArea: Area },
  at: { x: number; y: number },
): BarPlaces {
  const { [String(screen.id)]: _, ...others } = places
  const here = { x: Math.max(0, at.x - screen.workArea.x), y: Math.max(0, at.y - screen.workArea.y) }
  const all: [string, { x: number; y: number }][] = [...Object.entries(others), [String(screen.id), here]]
  return Object.fromEntries(all.slice(-mostScreens))
}
