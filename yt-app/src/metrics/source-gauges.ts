import { Gauge, type Registry } from 'prom-client';
import { within } from '../notices/time-limit.ts';
import type { MetricSource, MetricValue } from './metric-source.ts';

/** The gauges of sources. */
export interface SourceGauges {
  add(source: MetricSource): void;
  /** Sets all gauges to the values of now. Never rejects. */
  refresh(): Promise<void>;
}

/** @param limitMs milliseconds that a source may take. */
export function createSourceGauges(registry: Registry, limitMs: number): SourceGauges {
  const refreshes: (() => Promise<void>)[] = [];
  const failing = new Gauge({
    name: 'linkcast_metrics_source_failing',
    help: '1: the gauges of this source could not be read, and are left out.',
    labelNames: ['source'],
    registers: [registry],
  });

  return {
    add(source) {
      const gauges = registerGauges(registry, source);
      refreshes.push(async () => {
        const values = await readInTime(source, limitMs);
        failing.set({ source: source.name }, values ? 0 : 1);
        for (const { name, set } of gauges) set(values?.[name]);
      });
    },
    async refresh() {
      await Promise.all(refreshes.map((refresh) => refresh()));
    },
  };
}

interface SettableGauge {
  readonly name: string;
  readonly set: (value: MetricValue) => void;
}

function registerGauges(registry: Registry, { gauges }: MetricSource): SettableGauge[] {
  return Object.entries(gauges).map(([name, { help, label }]) => {
    const gauge = new Gauge({ name, help, labelNames: label ? [label] : [], registers: [registry] });
    if (!label) gauge.remove(); // prom-client begins with 0, which is a value
    return { name, set: (value) => setGauge(gauge, label, value) };
  });
}

function setGauge(gauge: Gauge, label: string | undefined, value: MetricValue): void {
  gauge.reset();
  if (label && typeof value === 'object')
    for (const [each, number] of Object.entries(value)) gauge.set({ [label]: each }, number);
  else if (typeof value === 'number') gauge.set(value);
  else if (!label) gauge.remove();
}

async function readInTime(
  source: MetricSource,
  limitMs: number,
): Promise<Readonly<Record<string, MetricValue>> | undefined> {
  try {
    return await within(limitMs, source.read());
  } catch {
    return undefined; // the gauge of failing sources says so
  }
}
