import { BotApiFailure } from './failure.ts';

/** An update as the bot receives it: `update_id` and one member named after its kind. */
export type Update = Readonly<Record<string, unknown>> & { readonly update_id: number };

export interface PollRequest {
  readonly offset: number;
  readonly limit: number;
  readonly timeoutSeconds: number;
  readonly allowed: readonly string[] | undefined;
  /** Aborted when the poller hangs up. */
  readonly signal: AbortSignal;
}

/** Kinds that a bot gets only when it names them. */
const ON_REQUEST = ['chat_member', 'message_reaction', 'message_reaction_count'];

interface Waiter {
  readonly finish: () => void;
  readonly conflict: () => void;
}

/** Updates in order, kept until an offset confirms them; one poller at a time, the newest wins. */
export function createUpdateQueue() {
  // Ids start somewhere, as in the cloud, so that two servers in a row do not give the same ids.
  let nextId = (Math.floor(Date.now() / 10) % 1_000_000_000) + 1;
  let queue: Update[] = [];
  let allowed: readonly string[] = [];
  let waiter: Waiter | undefined;

  const isWanted = (kinds: readonly string[]): boolean =>
    allowed.length > 0
      ? kinds.some((kind) => allowed.includes(kind))
      : kinds.length === 0 || kinds.some((kind) => !ON_REQUEST.includes(kind));

  const confirm = (offset: number): void => {
    if (offset < 0) queue = queue.slice(offset);
    else queue = queue.filter((update) => update.update_id >= offset);
  };

  const waitForPush = ({ timeoutSeconds, signal }: PollRequest): Promise<void> =>
    new Promise((resolve, reject) => {
      const once = (end: () => void) => () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', mine.finish);
        if (waiter === mine) waiter = undefined;
        end();
      };
      const mine: Waiter = { finish: once(resolve), conflict: once(() => reject(terminatedByOther())) };
      const timer = setTimeout(mine.finish, timeoutSeconds * 1000);
      signal.addEventListener('abort', mine.finish);
      waiter = mine;
    });

  return {
    /** Queues an update with the next id; a kind that the bot did not ask for is dropped, unless `force` is set. */
    push(members: Readonly<Record<string, unknown>>, options: { force?: boolean } = {}): number {
      const update = { update_id: nextId++, ...members } as Update; // a forced update may carry any id, or garbage
      if (!options.force && !isWanted(Object.keys(members))) return update.update_id;
      queue.push(update);
      waiter?.finish();
      return update.update_id;
    },

    async poll(request: PollRequest): Promise<readonly Update[]> {
      if (request.allowed) allowed = request.allowed;
      waiter?.conflict();
      confirm(request.offset);
      if (queue.length === 0 && request.timeoutSeconds > 0) await waitForPush(request);
      return queue.slice(0, request.limit);
    },

    pending: () => queue.length,
    clear: () => (queue = []),
    close: () => waiter?.finish(),
  };
}

function terminatedByOther(): BotApiFailure {
  return new BotApiFailure(
    409,
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  );
}
