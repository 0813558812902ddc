// Gathers what the diagnostics file tells; what it may tell is core/health/diagnostics.ts.
import { release } from 'node:os'
import { writeDiagnostics } from '../../core/health/diagnostics.ts'
import type { ExportedFile, KeyView } from '../../core/ipc.ts'
import type { AppOpts } from './app-opts.ts'
import type { AppParts } from './app-parts.ts'

const runtimes: ReadonlySet<string> = new Set(['electron', 'chrome', 'node', 'v8'])
const keptMs = 7 * 24 * 60 * 60_000

export async function gatherDiagnostics(opts: AppOpts, parts: AppParts, keys: KeyView): Promise<ExportedFile> {
  const { line, microphone, speaker } = parts.state()
  return writeDiagnostics({
    nowMs: opts.clock.nowMs(),
    versions: {
      Parley: `${opts.version} (${opts.shell})`,
      system: `${process.platform} ${release()} ${process.arch}`,
      ...Object.fromEntries(Object.entries(process.versions).filter(([name]) => runtimes.has(name))),
    },
    settings: opts.settings.current(),
    keys,
    line,
    health: parts.monitor.view(),
    microphone: microphone.type,
    speaker: speaker.type,
    conversations: parts.conversations.entries().length,
    events: await parts.monitor.events(keptMs),
  })
}
