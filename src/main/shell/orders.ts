// What a second start asks of the running app. Its arguments come from anybody who can start a program: a key of the desktop's,
// a shell, one day a link of a web page. Pure.

export type Order = 'talk' | 'show'

/** Talking opens the microphone, so only the bare word orders it: never beside an address, and none is ever followed. */
export function readOrder(args: readonly string[]): Order {
  const own = args.slice(1)
  const isStrange = own.some((arg) => /[:@]|\p{C}/u.test(arg) && !arg.startsWith('--'))
  return own.includes('--talk') && !isStrange ? 'talk' : 'show'
}
