import { Problem } from '@linkcast/contracts';
import { describe, expect, test } from 'vitest';
import { createProbeQueue, type ProbeQueue } from '../../src/jobs/claims/probe-queue.ts';
import { eventually } from '../fixtures/eventually.ts';

const NEVER = new AbortController().signal;

/** A probe that runs until the test ends it. */
function startProbe(queue: ProbeQueue, caller: string, signal: AbortSignal = NEVER) {
  const end = Promise.withResolvers<string>();
  const probe = { hasBegun: false, end, answer: Promise.resolve('') };
  probe.answer = queue.run(caller, signal, () => {
    probe.hasBegun = true;
    return end.promise;
  });
  probe.answer.catch(() => undefined); // the test checks it
  return probe;
}

const startMany = (queue: ProbeQueue, count: number) =>
  Array.from({ length: count }, (_, index) => startProbe(queue, `session:${index}`));
const refusalOf = async (answer: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await answer.catch((reason: unknown) => reason);
  if (error instanceof Problem) return error;
  throw new Error('it was not refused');
};

describe('the probe queue', () => {
  test('four probes: two run, and the others start in order', async () => {
    const queue = createProbeQueue();
    const probes = startMany(queue, 4);
    const begun = () => probes.map(({ hasBegun }) => hasBegun);
    await eventually(() => expect(begun()).toEqual([true, true, false, false]));
    probes[1]?.end.resolve('second');
    expect(await probes[1]?.answer).toBe('second');
    await eventually(() => expect(begun()).toEqual([true, true, true, false]));
  });

  test('a failed probe: the next one starts', async () => {
    const queue = createProbeQueue({ concurrency: 1 });
    const [first, second] = startMany(queue, 2);
    first?.end.reject(new Error('the source is away'));
    await expect(first?.answer).rejects.toThrow('the source is away');
    second?.end.resolve('done');
    expect(await second?.answer).toBe('done');
  });

  test('twenty waiting probes: the next is refused, with the seconds to wait', async () => {
    const queue = createProbeQueue();
    const probes = startMany(queue, 22);
    const refusal = await refusalOf(startProbe(queue, 'session:x').answer);
    expect(refusal.code).toBe('too-many-requests');
    expect(refusal.facts.retryAfterSeconds).toBeGreaterThan(10);
    probes[0]?.end.resolve('');
    await probes[0]?.answer;
    const late = startProbe(queue, 'session:x');
    for (const probe of [...probes, late]) probe.end.resolve('');
    expect(await late.answer).toBe('');
  });

  test('a caller with three probes: is refused a fourth; another caller is not', async () => {
    const queue = createProbeQueue();
    const own = [1, 2, 3].map(() => startProbe(queue, 'session:1'));
    expect((await refusalOf(startProbe(queue, 'session:1').answer)).code).toBe('too-many-requests');
    const other = startProbe(queue, 'session:2');
    for (const probe of [...own, other]) probe.end.resolve('');
    expect(await other.answer).toBe('');
    const again = startProbe(queue, 'session:1');
    again.end.resolve('again');
    expect(await again.answer).toBe('again');
  });

  test('a caller that disconnects while waiting: leaves the queue, and its task never runs', async () => {
    const queue = createProbeQueue({ concurrency: 1, mostWaiting: 1 });
    const first = startProbe(queue, 'session:1');
    const client = new AbortController();
    const waiting = startProbe(queue, 'session:2', client.signal);
    client.abort(new Error('client disconnected'));
    await expect(waiting.answer).rejects.toThrow('client disconnected');
    const next = startProbe(queue, 'session:2');
    for (const probe of [first, next]) probe.end.resolve('');
    expect(await next.answer).toBe('');
    expect(waiting.hasBegun).toBe(false);
  });

  test('a caller already disconnected: is not queued', async () => {
    const queue = createProbeQueue({ concurrency: 1, mostWaiting: 0 });
    const probe = startProbe(queue, 'session:1', AbortSignal.abort(new Error('client disconnected')));
    await expect(probe.answer).rejects.toThrow('client disconnected');
    const next = startProbe(queue, 'session:1');
    next.end.resolve('');
    expect(await next.answer).toBe('');
  });
});
