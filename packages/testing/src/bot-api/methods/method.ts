import type { CallParameters } from '../parameters.ts';

/** Returns the `result` of a call, or throws a `BotApiFailure`. The signal is aborted when the client disconnects. */
export type Method = (parameters: CallParameters, signal: AbortSignal) => unknown;

/** Methods by name. */
export type Methods = Readonly<Record<string, Method>>;
