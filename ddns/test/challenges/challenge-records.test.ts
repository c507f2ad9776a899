import { createLogger } from '@linkcast/kit';
import { expect, test } from 'vitest';
import { createChallengeRecords } from '../../src/challenges/challenge-records.ts';
import { ProviderFault, type NameProvider } from '../../src/providers/provider.ts';
import { NAME, signal } from '../providers/provider-fixture.ts';

const record = { name: `_acme-challenge.${NAME}`, value: 'x'.repeat(43) };
const logger = createLogger({ service: 'test', level: 'silent' });

/** A desk on a clock of its own; `servedAfterMs`: when each of the two name servers answers with the record. */
function createDesk(servedAfterMs: readonly [number, number], set: () => Promise<void> = () => Promise.resolve()) {
  const start = Date.parse('2026-11-21T12:00:00Z');
  let now = start;
  const provider: NameProvider = {
    write: () => Promise.reject(new Error('not asked for')),
    texts: { set, remove: () => Promise.resolve() },
  };
  const desk = createChallengeRecords({
    name: NAME,
    provider,
    nameServers: {
      addresses: () => Promise.reject(new Error('not asked for')),
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
  return { desk, passedMs: () => now - start };
}

test('a challenge, set, is answered when the slowest own server has it', async () => {
  const { desk, passedMs } = createDesk([0, 60_000]);
  await desk.set(record, signal);
  expect(passedMs()).toBe(60_000);
});

test('a challenge that one server never has is given up after two minutes', async () => {
  const { desk, passedMs } = createDesk([0, Number.POSITIVE_INFINITY]);
  await expect(desk.set(record, signal)).rejects.toThrow('did not answer with it in time');
  expect(passedMs()).toBe(120_000);
});

test('a provider that refuses is told as its sentence', async () => {
  const { desk } = createDesk([0, 0], () => Promise.reject(new ProviderFault('permanent', 'The key is refused.')));
  await expect(desk.set(record, signal)).rejects.toMatchObject({ code: 'conflict', message: 'The key is refused.' });
});

test('a challenge for another name is refused', async () => {
  const { desk } = createDesk([0, 0]);
  const foreign = { ...record, name: '_acme-challenge.foreign.test' };
  await expect(desk.set(foreign, signal)).rejects.toMatchObject({ code: 'conflict' });
  await expect(desk.remove(foreign, signal)).rejects.toMatchObject({ code: 'conflict' });
});
