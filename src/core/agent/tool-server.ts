// A server of tools as a person sees it: how it stands, why, and what of it can't be used. Plain values; all words of the
// server in it have been made plain and hold no key. What happens to it is decided in main/agent/mcp.

export type ToolServerState =
  /** `line` is the last that it printed: what it downloads, or waits for. */
  | { type: 'starting'; sinceMs: number; line: string | null }
  | { type: 'ready'; tools: number }
  /** It ended or could not start, and is started again by itself. */
  | { type: 'waiting'; why: string }
  /** It is not started again until the person says so. */
  | { type: 'failed'; why: string }
  /** `address` is where the person signs in, while that is under way. */
  | { type: 'sign-in'; why: string; address: string | null }

export interface ToolServerView {
  name: string
  state: ToolServerState
  /** The last lines that it printed besides the protocol, when it is not ready. */
  printed: readonly string[]
  leftOut: readonly LeftOut[]
  /** What is kept for it; only servers at an address have any. */
  kept: { header: boolean; signedIn: boolean }
}

/** A tool that can't be used. */
export interface LeftOut {
  name: string
  /** Goes on after a colon: `its schema is too large`. */
  why: string
}

/** Times are milliseconds. */
const restart = { firstMs: 250, longestMs: 60_000 } as const

/** Starts in a row that did not lead to a server that stays; an address may only be out of reach for a while. */
export const mostStarts = { stdio: 5, http: 10 } as const

/**
 * How long to wait before the next start; null when it is given up.
 * @param failures starts in a row that failed, at least 1
 * @param chance in [0, 1)
 */
export function waitBeforeStart(failures: number, kind: keyof typeof mostStarts, chance: number): number | null {
  if (failures >= mostStarts[kind]) return null
  return Math.min(restart.longestMs, restart.firstMs * 2 ** (failures - 1)) * (0.5 + chance / 2)
}
