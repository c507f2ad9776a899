import { defineConfig } from 'vitest/config';
import { LIMIT_FACTOR } from './packages/testing/src/until.ts';

/** Unit and integration tests live beside each part in `test/`; the whole-stack ones in `e2e/` run one file at a time. */
export default defineConfig({
  envDir: false, // the owner's .env is not for the tests
  test: {
    testTimeout: 30_000 * LIMIT_FACTOR,
    hookTimeout: 60_000 * LIMIT_FACTOR,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['{packages/*,yt-app,egress,bot,web,nginx,icecast,ddns,certbot,ops,bench}/test/**/*.test.{ts,tsx}'],
          maxWorkers: 4, // most tests wait for programs: four of them keep two cores busy
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/test/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000 * LIMIT_FACTOR,
          hookTimeout: 180_000 * LIMIT_FACTOR,
        },
      },
    ],
  },
});
