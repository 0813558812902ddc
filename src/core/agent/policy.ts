// The figures that steer the agent's connections.
import { voicePolicy, type ConnectionPolicy } from '../connection/policy.ts'

/** As the voice's, but between two turns nobody speaks: any quiet moment will do. When one rests is the pool's business. */
export const agentPolicy: ConnectionPolicy = { ...voicePolicy, quietForMs: 0, restAfterMs: null }

/** A response of which nothing is heard for so long is lost, though the line lives. A model may think for minutes. */
export const answerSilentMs = 5 * 60_000
/** A warm-up makes no answer, so it has none to think about; the first request waits for it. */
export const warmSilentMs = 10_000

export interface PoolFigures {
  mostConnections: number
  /** Where the server has lanes; it runs at most 16 requests of a socket at once. */
  lanesEach: number
  /** An unused connection is closed after this. */
  idleMs: number
  /** So long a turn waits for a connection before it is given up. */
  connectWithinMs: number
  /** Refused upgrades in a row, after which the server is taken to have no sockets … */
  refusedUpgrades: number
  /** … for this long. */
  httpForMs: number
}

export const poolFigures: PoolFigures = {
  mostConnections: 4,
  lanesEach: 8,
  idleMs: 5 * 60_000,
  connectWithinMs: 60_000,
  refusedUpgrades: 3,
  httpForMs: 10 * 60_000,
}
