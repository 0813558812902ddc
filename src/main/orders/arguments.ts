// What a person, or another program, gave to Parley as arguments. Pure.

/** What was given to Parley, of a process's whole `argv`: without the program, and what a runtime puts before them. @param isGuest the app's folder is an argument of Electron's */
export function ownArguments(argv: readonly string[], isGuest: boolean): string[] {
  const after = (args: readonly string[]): readonly string[] => {
    const first = args.findIndex((arg) => !arg.startsWith('--'))
    return first < 0 ? [] : args.slice(first)
  }
  const given = after(argv.slice(1))
  return [...(isGuest ? after(given.slice(1)) : given)]
}
