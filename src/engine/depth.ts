// How deep a value from a client may be nested. Deeper ones parse but break whoever copies or prints them.

export const maxDepth = 64

export function isTooDeep(value: object): boolean {
  let level: object[] = [value]
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) return true
    level = level.flatMap((holder) =>
      Object.values(holder).filter((inner): inner is object => typeof inner === 'object' && inner !== null),
    )
  }
  return false
}
