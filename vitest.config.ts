import { defineConfig } from 'vitest/config'

// Two groups: `fast` runs in parallel, `sound` shares one virtual sound card and so runs one file at a time.
export default defineConfig({
  test: {
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/{core,main,engine,scripts,referees,scenarios}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
        },
      },
    ],
  },
})
