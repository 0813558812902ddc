import { defineConfig } from 'vitest/config'

// Groups: `fast` runs in parallel; `line` runs the whole line in real time, `sound` and `desktop` share one virtual sound card
// each, so they run one file at a time. `npm test` decides what runs beside what, and gives a file that failed a
// second try, as a whole, since its tests may share an app: scripts/test-plan.mjs.
// A wait has a bound of its own and says what it waited for (test/support/within.ts); these here are the last resort.
export default defineConfig({
  test: {
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          setupFiles: ['test/support/same-chances.ts'],
          // Of its own accord vitest leaves a core idle, which on two is half of the machine.
          maxWorkers: 2,
          include: [
            'test/{core,main,engine,renderer,scripts,referees}/**/*.test.ts',
            'test/scenarios/faults/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'line',
          include: ['test/scenarios/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'sound',
          include: ['test/sound/**/*.test.ts'],
          globalSetup: ['test/support/virtual-sound.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          // A busy machine draws late.
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 90_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'desktop',
          include: ['test/desktop/**/*.test.ts'],
          globalSetup: ['test/support/virtual-sound.ts', 'test/support/electron-runtime.ts'],
          fileParallelism: false,
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 90_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
