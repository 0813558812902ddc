// When a sound device that nobody needs may rest. An open one costs a few percent of a core for as long as it is open,
// whether or not anybody speaks; opening and closing it is its caller's.

export const restRules = {
  /** After a press; reopening loses what is said in the first tenths of a second, so it is not done between two sentences. */
  microphoneMs: 60_000,
  /** After the last sound: closing and opening may click, so it is not done within a talk. */
  speakerMs: 30_000,
}

/** @returns how long to wait before looking again; 0: it may rest now */
export function restInMs(use: { isInUse: boolean; neededMs: number }, afterMs: number, nowMs: number): number {
  return use.isInUse ? afterMs : Math.max(0, use.neededMs + afterMs - nowMs)
}
