// Gathers what comes many times a second until the next frame is drawn, so that each frame is drawn once.

/** A page that nobody sees draws no frames; what comes is taken all the same. */
const atLatestMs = 100

/** @returns takes one more */
export function createFrameQueue<Item>(take: (items: readonly Item[]) => void): (item: Item) => void {
  let waiting: Item[] = []
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | null = null

  function flush(): void {
    cancelAnimationFrame(frame)
    if (timer !== null) clearTimeout(timer)
    timer = null
    const items = waiting
    waiting = []
    take(items)
  }

  return (item) => {
    waiting.push(item)
    if (timer !== null) return
    frame = requestAnimationFrame(flush)
    timer = setTimeout(flush, atLatestMs)
  }
}
