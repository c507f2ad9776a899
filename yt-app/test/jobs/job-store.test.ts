import { expect, test } from 'vitest';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { createJobStore } from '../../src/jobs/job-store.ts';

test.each(['nonsense', '-1', '1.5', '9'.repeat(16)])('the cursor %j: is refused, and the fault names it', (cursor) => {
  const store = createJobStore(openAppDatabase(':memory:'));
  expect(() => store.list({ limit: 1, cursor })).toThrow(
    expect.objectContaining({ code: 'invalid-request', fields: [{ field: 'cursor', fault: { code: 'cursor' } }] }),
  );
});
