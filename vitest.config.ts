import { defineConfig } from 'vitest/config'

// Three groups, one after the other: `fast` runs in parallel; `line` runs the whole line in real time and `sound` shares
// one virtual sound card, so both run one file at a time.
export default defineConfig({
  test: {
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/{core,main,engine,scripts,referees}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'line',
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
          include: ['test/sound/**/*.test.ts'],
          globalSetup: ['test/support/virtual-sound.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
