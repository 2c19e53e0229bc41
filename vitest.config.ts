import { defineConfig } from 'vitest/config';

const browser = 'tests/browser/**/*.test.ts';
const install = 'tests/install/**/*.test.ts';

/** One group after the other: a browser or an installation beside them would starve the tests that watch the clock. */
export default defineConfig({
  test: {
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'node_modules/.cache/test-results.json' }]] : ['default'],
    projects: [
      {
        test: { name: 'node', include: ['tests/**/*.test.ts'], exclude: [browser, install], testTimeout: 20_000, sequence: { groupOrder: 0 } },
      },
      {
        test: {
          name: 'browser',
          include: [browser],
          globalSetup: 'tests/browser/support/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: { name: 'install', include: [install], testTimeout: 300_000, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
