// A child's line to main: Node's own (child_process.fork) or Electron's (utilityProcess), whichever is there.

export interface Channel<Out, In> {
  post(message: Out): void
  onMessage(listen: (message: In) => void): void
  /** Main is gone. */
  onClosed(act: () => void): void
}

/** The part of Electron's `process.parentPort` that is used here. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listen: (event: { data: unknown }) => void): void
}

/** Null when this process was not started by main. */
export function openChannel<Out, In>(): Channel<Out, In> | null {
  const { parentPort } = process as unknown as { parentPort?: ParentPort }
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listen) => parentPort.on('message', (event) => listen(event.data as In)),
      // Electron ends its utility processes itself.
      onClosed: () => undefined,
    }
  }
  if (!process.send) return null
  const ignore = (): void => undefined
  return {
    // Without the callback a message to a main that has just gone would be thrown back here.
    post: (message) => process.send?.(message, undefined, undefined, ignore),
    onMessage: (listen) => process.on('message', (message) => listen(message as In)),
    onClosed: (act) => process.on('disconnect', act),
  }
}
