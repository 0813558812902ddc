import { defineConfig } from 'vitest/config'

// Groups, one after the other: `fast` runs in parallel; `line` runs the whole line in real time, `sound` and `desktop` share
// one virtual sound card each, so they run one file at a time. What depends on real time (sound, speech, windows) has a second
// try; a test that needed it is printed with `retry x1`.
export default defineConfig({
  test: {
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          // Of its own accord vitest leaves a core idle, which on two is half of the machine.
          maxWorkers: 2,
          include: ['test/{core,main,engine,renderer,scripts,referees}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'line',
          retry: 1,
          include: ['test/scenarios/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'sound',
          retry: 1,
          include: ['test/sound/**/*.test.ts'],
          globalSetup: ['test/support/virtual-sound.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          retry: 1,
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          // A busy machine draws late.
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'desktop',
          retry: 1,
          include: ['test/desktop/**/*.test.ts'],
          globalSetup: ['test/support/virtual-sound.ts', 'test/support/electron-runtime.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
