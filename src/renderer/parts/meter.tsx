// A level as a bar. A picture beside words: a screen reader is told whether one is heard by the words.
import { useStore, useApp } from '../hooks.ts'

/** Below is silence, above is as loud as one speaks. */
const quietDbfs = -60
const loudDbfs = -8

/** 0…1 */
export function loudness(dbfs: number): number {
  return Math.max(0, Math.min(1, (dbfs - quietDbfs) / (loudDbfs - quietDbfs)))
}

export function Meter({ of, label }: { of: 'microphone' | 'speaker'; label: string }) {
  const level = loudness(useStore(useApp().levels)[of])
  return (
    <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="meter-track" width="100" height="8" rx="4" />
      <rect class="meter-level" width={Math.round(level * 100)} height="8" rx="4" />
    </svg>
  )
}
