import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { addEventLoopDelay } from './event-loop-delay.ts';
import { createJobMetrics, type JobMetrics } from './job-metrics.ts';
import type { MetricSource } from './metric-source.ts';
import { createSourceGauges } from './source-gauges.ts';

/** The longest period of a timer. It keeps prom-client's own sampler of the event loop from waking an idle process. */
const NEVER_MS = 2 ** 31 - 1;
/** The figures of that sampler; the delay is measured by `event-loop-delay.ts`. */
const UNSAMPLED = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'].map(
  (each) => `nodejs_eventloop_lag_${each}_seconds`,
);

const DURATION_BUCKETS = [0.005, 0.025, 0.1, 0.5, 2.5, 10];
/** Time in which a source answers; Prometheus waits 10 seconds for the whole. */
const SOURCE_LIMIT_MS = 2000;

export interface Metrics {
  /** One answered request; `route` is the path with placeholders, so that their number is bounded. */
  observeRequest(labels: { method: string; route: string; status: number }, seconds: number): void;
  readonly jobs: JobMetrics;
  addSource(source: MetricSource): void;
  readonly contentType: string;
  /** The Prometheus text. */
  text(): Promise<string>;
}

/** Creates the metrics of the process, in a registry of their own. @param sourceLimitMs default 2,000. */
export function createMetrics(sourceLimitMs = SOURCE_LIMIT_MS): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: NEVER_MS });
  for (const name of UNSAMPLED) registry.removeSingleMetric(name);
  addEventLoopDelay(registry);
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request; streams of events are left out.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  const sources = createSourceGauges(registry, sourceLimitMs);

  return {
    observeRequest: (labels, seconds) => requests.observe(labels, seconds),
    jobs: createJobMetrics(registry),
    addSource: (source) => sources.add(source),
    contentType: registry.contentType,
    async text() {
      await sources.refresh();
      return registry.metrics();
    },
  };
}
