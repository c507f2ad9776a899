import { isProblem } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { createUpdateTickets } from '../../src/egress/update-tickets.ts';

test('tickets for updates: are good for a quarter of an hour, and so many are issued in an hour', async () => {
  let now = 0;
  const lifetimes: number[] = [];
  const issue = createUpdateTickets(
    (claimId, lifetimeMs) => {
      lifetimes.push(lifetimeMs);
      return Promise.resolve(`http://${claimId}`);
    },
    () => now,
  );
  for (let count = 0; count < 60; count += 1) expect(await issue()).toEqual({ proxyUrl: 'http://downloader-updates' });
  expect(new Set(lifetimes)).toEqual(new Set([900_000]));
  const refusal: unknown = await issue().catch((error: unknown) => error);
  expect(isProblem(refusal) && refusal.code).toBe('too-many-requests');
  now = 3_600_000;
  expect(await issue()).toHaveProperty('proxyUrl');
});
