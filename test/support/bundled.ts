// A program of the tests as one file of plain JavaScript, so that starting it costs a tenth of a second and not seven.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { build } from 'vite'

/** @returns the bundle's path, in a folder of its own that the caller removes. */
export async function bundle(entry: string): Promise<{ path: string; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bundle-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: entry, outDir: folder, rolldownOptions: { output: { entryFileNames: '[name].mjs' } } },
    ssr: { noExternal: true },
  })
  return { path: join(folder, `${basename(entry, '.ts')}.mjs`), folder }
}
