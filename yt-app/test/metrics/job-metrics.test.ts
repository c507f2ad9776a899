import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMetrics, type Metrics } from '../../src/metrics/metrics.ts';
import { startJobs, type JobFixture } from '../fixtures/job-fixture.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

const CALLER = { caller: 'person:1' };

eachDatabase((openDatabase) => {
  let metrics: Metrics;
  let fixture: JobFixture;
  beforeEach(async () => {
    metrics = createMetrics();
    fixture = await startJobs(await openDatabase(), { onJobEvent: (job, event) => metrics.jobs.note(job, event) });
  });
  afterEach(() => fixture.stop());

  const submit = (number: number) =>
    fixture.jobs.submit({ url: `https://example.com/${number}`, type: 'video' }, CALLER);

  test('a job that becomes ready: is counted once, with its bytes', async () => {
    await submit(1);
    const work = await fixture.claim();
    await fixture.resolve(work);
    await fixture.finish(work);
    const text = await metrics.text();
    expect(text).toContain('linkcast_job_duration_seconds_count{state="ready"} 1');
    expect(text).toContain('linkcast_downloaded_bytes_total 10');
  });

  test('a job that fails: is counted with its problem, and one that is tried again as a retry', async () => {
    await submit(1);
    await fixture.report(await fixture.claim(), { type: 'failed', problem: { code: 'source-drm' } });
    await submit(2);
    await fixture.report(await fixture.claim(), { type: 'failed', problem: { code: 'source-unreachable' } });
    const text = await metrics.text();
    expect(text).toContain('linkcast_job_failures_total{problem="source-drm"} 1');
    expect(text).toContain('linkcast_job_retries_total{problem="source-unreachable"} 1');
    expect(text).toContain('linkcast_job_duration_seconds_count{state="failed"} 1');
  });
});

test('metrics without a job: have the counters at zero', async () => {
  const text = await createMetrics().text();
  expect(text).toContain('linkcast_job_duration_seconds_count{state="ready"} 0');
});
