// Builds the desktop app into out/. Main has three entries because three processes run it: the app itself, the process
// that owns the sound device and the voice engine; the engine's threads are files that it starts by name.
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          host: 'src/main/audio/host.ts',
          engine: 'src/engine/index.ts',
          'recognition-thread': 'src/engine/speech/recognition-thread.ts',
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
    build: { rolldownOptions: { input: 'src/renderer/index.html' } },
  },
})
