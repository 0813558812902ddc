// What the window cost at the commit before it drew only what is near the screen, measured by this measure on the same machine.
import type { WindowFigures } from './measure.ts'

export const before: readonly (WindowFigures & { commit: string; turns: number; conversations: number })[] = []
