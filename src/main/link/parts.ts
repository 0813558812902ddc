// What is large goes to a device in parts, a few at a time, the next when it has said that one came. So neither side takes a slow line
// for a dead one, and what is told meanwhile is not behind all of it. What a part means is the line's business (line.ts).
export interface Parts {
  /** One text after the other. Resolves when its last part was written, or when the line has ended. */
  send(text: string): Promise<void>
  /** The device has one part more. False: none was under way. */
  got(): boolean
  end(): void
}

export const partRules = { characters: 32 * 1024, mostUnderWay: 4 }

/** How the device says that one came. */
export const gotPart = '{"got":1}'

/** @param write `{ part, more }` as JSON: what its texts make together is what `send` was given */
export function createParts(write: (text: string) => void): Parts {
  let underWay = 0
  let isOver = false
  let wake = (): void => undefined
  let last = Promise.resolve()

  async function sendAll(text: string): Promise<void> {
    for (let from = 0; from < text.length; from += partRules.characters) {
      while (underWay >= partRules.mostUnderWay && !isOver) await new Promise<void>((resolve) => (wake = resolve))
      if (isOver) return
      underWay += 1
      const to = from + partRules.characters
      write(JSON.stringify({ part: text.slice(from, to), more: to < text.length }))
    }
  }

  return {
    send: (text) => (last = last.then(() => sendAll(text))),
    got() {
      if (underWay === 0) return false
      underWay -= 1
      wake()
      return true
    },
    end() {
      isOver = true
      wake()
    },
  }
}
