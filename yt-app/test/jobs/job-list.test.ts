import { expect, test } from 'vitest';
import { listJobs } from '../../src/jobs/job-list.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { storesOf } from '../fixtures/stores-of.ts';

eachDatabase((openDatabase) => {
  test.each(['nonsense', '-1', '1.5', '9'.repeat(16)])(
    'the cursor %j: is refused, and the fault names it',
    async (cursor) => {
      const { jobs: store, publisher } = storesOf(await openDatabase());
      await expect(listJobs({ limit: 1, cursor }, 'everything', { store, publisher })).rejects.toThrow(
        expect.objectContaining({ code: 'invalid-request', fields: [{ field: 'cursor', fault: { code: 'cursor' } }] }),
      );
    },
  );
});
