/** The exchange by which an outbound proxy connects to a target. */
export interface UpstreamHandshake {
  /** The first bytes for the proxy. */
  readonly greeting: Buffer;
  /**
   * Takes the next bytes of the proxy.
   *
   * @returns the bytes to answer with; `done`: what follows is the target's.
   * @throws {Refusal} when the proxy refuses, or speaks another protocol.
   */
  read(bytes: Buffer): Buffer | 'done';
}

/** The target as an outbound proxy gets it: an address that was checked, never a name, which it would resolve anew. */
export interface CheckedTarget {
  readonly address: string;
  readonly port: number;
}
