/** A fault that calls get on demand. */
type FaultKind =
  /** The connection is reset before an answer. */
  | { readonly kind: 'reset' }
  /** A gateway's HTML page with this status (default 502). */
  | { readonly kind: 'html'; readonly status?: number }
  /** No answer until the server closes, or the caller hangs up. */
  | { readonly kind: 'hang' }
  /** The Bot API's own refusal. */
  | { readonly kind: 'refuse'; readonly code: number; readonly description: string; readonly retryAfter?: number };

export type Fault = FaultKind & {
  /** Only calls of this method; all when it is left out. */
  readonly method?: string;
  /** Only calls for this chat. */
  readonly chatId?: number;
  /** Number of calls that get it. Default 1; Infinity until it is cleared. */
  readonly times?: number;
};

/** The faults that were ordered and have not been used up; the oldest that fits a call is taken. */
export function createFaults() {
  let faults: { readonly fault: Fault; left: number }[] = [];

  return {
    /** Orders a fault; what it returns calls it off. */
    add(fault: Fault): () => void {
      const entry = { fault, left: fault.times ?? 1 };
      faults.push(entry);
      return () => (faults = faults.filter((other) => other !== entry));
    },
    take(method: string, chatId: number | undefined): Fault | undefined {
      const entry = faults.find(
        ({ fault, left }) =>
          left > 0 &&
          (fault.method === undefined || fault.method === method) &&
          (fault.chatId === undefined || fault.chatId === chatId),
      );
      if (entry) entry.left -= 1;
      return entry?.fault;
    },
  };
}
