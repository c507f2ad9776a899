import type { JobState } from '@linkcast/contracts';
import { JobState as JobStates } from '@linkcast/contracts';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** prom-client's own 10 ms wakes an idle process a hundred times a second, which is 0.6 % of a processor. */
const EVENT_LOOP_PROBE_MS = 250;

const DURATION_BUCKETS = [0.005, 0.025, 0.1, 0.5, 2.5, 10];

export interface Metrics {
  /** One answered request; `route` is the path with placeholders, so that their number is bounded. */
  observeRequest(labels: { method: string; route: string; status: number }, seconds: number): void;
  readonly contentType: string;
  /** The Prometheus text. */
  text(): Promise<string>;
}

/** Creates the metrics of the process, in a registry of their own. */
export function createMetrics(countJobs: () => Promise<Partial<Record<JobState, number>>>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_PROBE_MS });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request; streams of events are left out.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  new Gauge({
    name: 'linkcast_jobs',
    help: 'Jobs by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await countJobs();
      for (const state of JobStates.options) this.set({ state }, counts[state] ?? 0);
    },
  });
  new Gauge({
    name: 'linkcast_queue_depth',
    help: 'Jobs that wait for their turn.',
    registers: [registry],
    async collect() {
      this.set((await countJobs()).queued ?? 0);
    },
  });

  return {
    observeRequest: (labels, seconds) => requests.observe(labels, seconds),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
