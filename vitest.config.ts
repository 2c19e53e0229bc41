import { defineConfig } from 'vitest/config';

const browserTests = 'tests/browser/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'node', include: ['tests/**/*.test.ts'], exclude: [browserTests], testTimeout: 20_000 },
      },
      {
        test: {
          name: 'browser',
          include: [browserTests],
          globalSetup: 'tests/browser/support/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
