// Holds the notebook while the mind runs: the current value, the ones before it for "undo that", and its way to disk.
import { createEmitter } from '../../core/emitter.ts'
import type { Undo } from '../../core/emitter.ts'
import { createNotebookFile } from './notebook-file.ts'
import { emptyNotebook } from './notebook.ts'
import type { Notebook } from './notebook.ts'

const mostSteps = 20

export interface OpenNotebook {
  /** Resolves when the notebook has been read; never rejects. */
  readonly opened: Promise<void>
  notebook(): Notebook
  /** The notebook before its last change, null when there is nothing to take back. */
  before(): Notebook | null
  /** Takes a new value; resolves to whether it is safe. `back` means it is the one before, taken back. */
  keep(next: Notebook, back: boolean): Promise<boolean>
  /** A change that nobody asked for, and nobody takes back: an alarm that is over, what was told once a day. */
  note(next: Notebook): Promise<boolean>
  onChange(listen: () => void): Undo
  /** What the person should hear about the notebook's state, once. */
  takeTrouble(): string | null
  close(): Promise<void>
}

/** @param folder null keeps it in memory only */
export function openNotebook(
  folder: string | null,
  log: (level: 'warn' | 'error', message: string) => void,
): OpenNotebook {
  const file = folder === null ? null : createNotebookFile(folder)
  const changed = createEmitter<{ changed: undefined }>()
  let notebook = emptyNotebook
  let steps: readonly Notebook[] = []
  let trouble: string | null = null
  let saving: Promise<boolean> = Promise.resolve(true)
  // A notebook that can't be read must not be overwritten by an empty one.
  let writable = true

  async function open(): Promise<void> {
    try {
      const loaded = await file?.load()
      if (loaded === undefined) return
      notebook = loaded.notebook
      if (loaded.setAside === null) return
      log('warn', 'the notebook was damaged and has been set aside')
      trouble = 'By the way, my notebook was damaged. I put it aside and began a new one.'
    } catch {
      writable = false
      log('error', 'the notebook cannot be read')
      trouble = "By the way, I can't read my notebook, so what you tell me now won't outlast a restart."
    }
  }

  function put(next: Notebook): Promise<boolean> {
    notebook = next
    changed.emit('changed', undefined)
    if (file === null) return Promise.resolve(true)
    saving = writable ? file.save(next).then(() => true, failed) : Promise.resolve(false)
    return saving
  }

  const failed = (): boolean => {
    log('error', 'the notebook cannot be written')
    return false
  }

  return {
    opened: open().then(() => changed.emit('changed', undefined)),
    notebook: () => notebook,
    before: () => steps.at(-1) ?? null,
    keep(next, back) {
      steps = back ? steps.slice(0, -1) : [...steps, notebook].slice(-mostSteps)
      return put(next)
    },
    note: put,
    onChange: (listen) => changed.on('changed', listen),
    takeTrouble() {
      const told = trouble
      trouble = null
      return told
    },
    async close() {
      changed.clear()
      await saving
    },
  }
}
