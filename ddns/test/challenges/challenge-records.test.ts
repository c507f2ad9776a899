import { message } from '@linkcast/texts';
import { createLogger } from '@linkcast/kit';
import { expect, test } from 'vitest';
import { createChallengeRecords } from '../../src/challenges/challenge-records.ts';
import { ProviderFault } from '../../src/providers/provider-fault.ts';
import type { NameProvider } from '../../src/providers/provider.ts';
import { NAME, signal } from '../providers/provider-fixture.ts';

const record = { name: `_acme-challenge.${NAME}`, value: 'x'.repeat(43) };
const logger = createLogger({ service: 'test', level: 'silent' });

/** @param servedAfterMs milliseconds after which each of the two name servers answers with the record. */
function createRecords(servedAfterMs: readonly [number, number], set: () => Promise<void> = () => Promise.resolve()) {
  const start = Date.parse('2026-11-21T12:00:00Z');
  let now = start;
  const provider: NameProvider = {
    write: () => Promise.reject(new Error('not expected')),
    texts: { set, remove: () => Promise.resolve() },
  };
  const records = createChallengeRecords({
    name: NAME,
    provider,
    nameServers: {
      addresses: () => Promise.reject(new Error('not expected')),
      texts: () =>
        Promise.resolve(servedAfterMs.map((ms) => (now - start >= ms ? ['other', record.value] : ['other']))),
    },
    clock: {
      now: () => now,
      wait: (ms) => {
        now += ms;
        return Promise.resolve();
      },
    },
    logger,
  });
  return { records, passedMs: () => now - start };
}

test('a record that is set: resolves when the slowest own name server has it', async () => {
  const { records, passedMs } = createRecords([0, 60_000]);
  await records.set(record, signal);
  expect(passedMs()).toBe(60_000);
});

test('a record that one name server never has: is rejected after two minutes', async () => {
  const { records, passedMs } = createRecords([0, Number.POSITIVE_INFINITY]);
  await expect(records.set(record, signal)).rejects.toThrow('did not answer with it in time');
  expect(passedMs()).toBe(120_000);
});

test('a provider that refuses: gives a conflict with its sentence', async () => {
  const { records } = createRecords([0, 0], () =>
    Promise.reject(new ProviderFault('permanent', message('provider-refused', { provider: 'DuckDNS' }))),
  );
  const refusal = 'DuckDNS rejects the update. Check its settings there.';
  await expect(records.set(record, signal)).rejects.toMatchObject({ code: 'conflict', message: refusal });
});

test('a record of another name: is refused', async () => {
  const { records } = createRecords([0, 0]);
  const foreign = { ...record, name: '_acme-challenge.foreign.test' };
  await expect(records.set(foreign, signal)).rejects.toMatchObject({ code: 'conflict' });
  await expect(records.remove(foreign, signal)).rejects.toMatchObject({ code: 'conflict' });
});
