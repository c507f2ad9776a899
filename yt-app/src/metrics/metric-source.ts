/** The value of a gauge; of one with a label, the value for each value of the label. Undefined: unknown, and left out of the answer. */
export type MetricValue = number | undefined | Readonly<Record<string, number>>;

interface GaugeDefinition {
  readonly help: string;
  /** Name of its label. A label has few values, all known in advance: no name of a person, no title, no link. */
  readonly label?: string;
}

/** Gauges that are read together when `/metrics` is requested. */
export interface MetricSource<Name extends string = string> {
  /** Unique among the sources. */
  readonly name: string;
  readonly gauges: Readonly<Record<Name, GaugeDefinition>>;
  /** The values of now. After a rejection, or no answer in time, the gauges of this source are left out. */
  readonly read: () => Promise<Readonly<Record<Name, MetricValue>>>;
}

/** One value for each possible state: 1 for the one that holds, 0 for the others. Undefined: no state is known. */
export function oneOf(states: readonly string[], current: string | undefined): MetricValue {
  if (current === undefined) return undefined;
  return Object.fromEntries(states.map((state) => [state, state === current ? 1 : 0]));
}

/** Seconds since 1970 of an ISO 8601 time; undefined for none. */
export function secondsOf(time: string | null | undefined): number | undefined {
  return typeof time === 'string' ? Date.parse(time) / 1000 : undefined;
}
