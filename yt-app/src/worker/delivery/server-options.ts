import type { OpenTunnel } from './tunnel.ts';

/** The connection to the server of a target. */
export interface ServerOptions {
  readonly open: OpenTunnel;
  /** Called with what the server has presented, before anything is sent to it. */
  readonly onPin: (pin: string) => void;
  /** Milliseconds without a byte after which a server counts as unreachable. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
}
