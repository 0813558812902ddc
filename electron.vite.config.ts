// Builds the desktop app into out/. Main has an entry for each process: the app itself, the one that owns the sound device,
// the one that listens to the talk key and the voice engine; the engine's threads are files that it starts by name.
import { defineConfig } from 'electron-vite'

/**
 * What every start needs is built in: to look for its hundreds of small files was most of a start. The protocol of tools too, since it
 * shares zod's classes.
 */
const builtIn = [
  '@modelcontextprotocol/sdk',
  'eventsource-parser',
  'intl-messageformat',
  'lowdb',
  'minisearch',
  'ws',
  'zod',
]

export default defineConfig({
  main: {
    build: {
      externalizeDeps: { exclude: builtIn },
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          headless: 'src/main/headless.ts',
          'audio-host': 'src/main/audio/host.ts',
          hearing: 'src/main/audio/hearing-host.ts',
          'talk-key-host': 'src/main/shell/talk-key-host.ts',
          engine: 'src/engine/index.ts',
          worker: 'src/main/agent/work/worker.ts',
          'recognition-thread': 'src/speech/recognition-thread.ts',
          'synthesis-thread': 'src/engine/speech/synthesis-thread.ts',
        },
        // The processes and threads find one another by these names.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload script can require nothing of its own and is CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: { minify: true, rolldownOptions: { input: 'src/renderer/index.html' } },
  },
})
