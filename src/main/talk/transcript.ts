// Both sides of a conversation as growing lines of plain text. One line grows at a time; the other side's words wait
// until it is finished, so that a transcript that comes late never cuts into an answer.
import type { StoredChange } from '../../core/conversation/change.ts'
import { printableLine } from '../../core/printable.ts'

export interface Transcript {
  caption(role: 'user' | 'assistant', item: string, text: string): void
  /** Final words, once they are on disk. */
  stored(stored: StoredChange): void
  /** A line of Parley's own. */
  note(text: string): void
  /** Ends a line that is still growing. */
  end(): void
}

interface Line {
  item: string
  label: string
  text: string
  final: boolean
}

const labels = { user: 'You', assistant: 'Parley' }

export function createTranscript(write: (text: string) => void): Transcript {
  /** In the order of appearance; the first one is the one that grows on screen. */
  let lines: Line[] = []
  let written = ''

  function lineOf(item: string, label: string): Line {
    const found = lines.find((line) => line.item === item)
    if (found) return found
    const line: Line = { item, label, text: '', final: false }
    lines.push(line)
    return line
  }

  function show(): void {
    for (let line = lines[0]; line; line = lines[0]) {
      const text = printableLine(line.text)
      const whole = text === '' ? '' : `${line.label}: ${text}`
      // Words can only be added to a printed line; corrected ones begin a new line.
      if (!whole.startsWith(written)) {
        write('\n')
        written = ''
      }
      write(whole.slice(written.length))
      written = whole
      if (!line.final) return
      if (whole !== '') write('\n')
      written = ''
      lines = lines.slice(1)
    }
  }

  function settle(item: string, label: string, text: string): void {
    Object.assign(lineOf(item, label), { text, final: true })
    show()
  }

  return {
    caption(role, item, text) {
      const line = lineOf(item, labels[role])
      if (line.final) return
      line.text = text
      show()
    },
    stored({ change }) {
      switch (change.type) {
        case 'words-heard':
          settle(change.turn, labels.user, change.text === '' ? '(nothing understood)' : change.text)
          break
        case 'words-lost':
        case 'turn-failed':
          settle(change.turn, labels.user, `(${change.reason})`)
          break
        case 'words-spoken':
          settle(change.turn, labels.assistant, change.text)
          break
        case 'played':
          if (change.cut)
            settle(`${change.turn}-cut`, '(interrupted', `after ${(change.playedMs / 1000).toFixed(1)} s)`)
          break
        default:
          break
      }
    },
    note(text) {
      lines.push({ item: `note-${text}`, label: 'Note', text, final: true })
      show()
    },
    end() {
      for (const line of lines) line.final = true
      show()
    },
  }
}
