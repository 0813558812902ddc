// What a window is told of the devices that there are, and of what was tried.
import type { TrialFailure } from './connection/trial.ts'

export interface DeviceNames {
  microphones: string[]
  speakers: string[]
}

/** Whether a trial succeeded, in one plain sentence. */
export interface Trial {
  ok: boolean
  message: string
}

/** `why` tells a failure apart, null for none. */
export interface ServiceTrial extends Trial {
  why: TrialFailure | null
}
