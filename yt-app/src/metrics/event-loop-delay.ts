import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, type Registry } from 'prom-client';

const QUANTILES = [0.5, 0.9, 0.99, 1] as const;

/**
 * Adds the delay of the event loop: the time that one iteration took, by quantile, since the metrics were last read. It is sampled once
 * per iteration. The default sampler is a timer: its values include the timer's own period, and it wakes an idle process.
 */
export function addEventLoopDelay(registry: Registry): void {
  const delay = monitorEventLoopDelay({ samplePerIteration: true });
  delay.enable();
  new Gauge({
    name: 'linkcast_event_loop_delay_seconds',
    help: 'Time of an iteration of the event loop, since the last reading; quantile 1 is the longest.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      for (const quantile of QUANTILES) this.set({ quantile }, delay.percentile(quantile * 100) / 1e9);
      delay.reset();
    },
  });
}
