// The one way in which words come to a terminal. Everything that Parley prints passes here, its own words too: which of them
// hold words from elsewhere is not to be remembered at each place.
import { printable } from '../core/printable.ts'

interface Output {
  write(text: string): unknown
}

/** The same terminal, to which nothing but printable text goes. */
export function printing<Terminal extends { stdout: Output; stderr: Output }>(
  terminal: Terminal,
): Omit<Terminal, 'stdout' | 'stderr'> & { stdout: Output; stderr: Output } {
  const through = (output: Output): Output => ({ write: (text) => output.write(printable(text)) })
  return { ...terminal, stdout: through(terminal.stdout), stderr: through(terminal.stderr) }
}
