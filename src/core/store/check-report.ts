// What a look at the data folder found, as the command line prints it and the window shows it. Looking is main's business.

/** Where something is wrong, in words for the person. */
export interface Finding {
  /** Below the data folder. */
  file: string
  /** One or two plain sentences. */
  message: string
  /** `left`: it was only looked at. `beyond`: nothing can mend it; its bytes stay where they are. */
  state: 'left' | 'mended' | 'beyond'
  /** Where the bytes as they were found are kept. */
  kept: string[]
}

export interface CheckReport {
  /** Conversations, task logs and small files that were looked at. */
  looked: number
  found: Finding[]
}

/** Sentences for a terminal, the last one sums them up. */
export function checkWords({ looked, found }: CheckReport): string[] {
  return [...found.map(findingWords), sumOf(looked, found)]
}

function findingWords({ file, message, state, kept }: Finding): string {
  const end = { left: '', mended: ' Mended.', beyond: ' It can’t be mended; its bytes stay where they are.' }[state]
  return `${file}: ${message}${end}${kept.length === 0 ? '' : ` As it was: ${kept.join(', ')}.`}`
}

function sumOf(looked: number, found: readonly Finding[]): string {
  const count = (state: Finding['state']): number => found.filter((one) => one.state === state).length
  const many = (number: number): string => (number === 1 ? 'One thing' : `${number} things`)
  if (found.length === 0) return `Everything is in order: ${looked} files and conversations were looked at.`
  const left = count('left')
  if (left > 0) return `${many(left)} can be mended: parley check --repair.`
  return `${many(count('mended'))} mended, ${count('beyond')} beyond mending.`
}

/** 0: in order, or all of it mended; 1: something is wrong. */
export function checkCode({ found }: CheckReport): 0 | 1 {
  return found.every(({ state }) => state === 'mended') ? 0 : 1
}
