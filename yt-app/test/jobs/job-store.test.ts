import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/each-database.ts';
import { storesOf } from '../fixtures/stores-of.ts';

eachDatabase((openDatabase) => {
  test.each(['nonsense', '-1', '1.5', '9'.repeat(16)])(
    'the cursor %j: is refused, and the fault names it',
    async (cursor) => {
      const store = storesOf(await openDatabase()).jobs;
      await expect(store.list({ limit: 1, cursor }, 'everything')).rejects.toThrow(
        expect.objectContaining({ code: 'invalid-request', fields: [{ field: 'cursor', fault: { code: 'cursor' } }] }),
      );
    },
  );
});
