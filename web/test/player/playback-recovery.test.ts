import { expect, test } from 'vitest';
import { MAX_NETWORK_TRIES, planRecovery } from '../../src/player/playback-recovery.ts';

test('a network error: is retried with growing delays, then reported as network or missing', () => {
  const error = { kind: 'network', status: 502 } as const;
  expect(planRecovery(error, { network: 0, media: 0 })).toEqual({ step: 'reload', afterMs: 1000 });
  expect(planRecovery(error, { network: 3, media: 0 })).toEqual({ step: 'reload', afterMs: 8000 });
  const spent = { network: MAX_NETWORK_TRIES, media: 0 };
  expect(planRecovery(error, spent)).toEqual({ step: 'give-up', failure: 'network' });
  expect(planRecovery({ ...error, status: 404 }, spent)).toEqual({ step: 'give-up', failure: 'missing' });
});

test('a decoder error: is recovered from twice, then reported', () => {
  expect(planRecovery({ kind: 'media' }, { network: 0, media: 1 })).toEqual({ step: 'recover-media' });
  expect(planRecovery({ kind: 'media' }, { network: 0, media: 2 })).toEqual({ step: 'give-up', failure: 'media' });
});

test('incompatible codecs: are reported at once', () => {
  const plan = planRecovery({ kind: 'media', incompatible: true }, { network: 0, media: 0 });
  expect(plan).toEqual({ step: 'give-up', failure: 'unsupported' });
});
