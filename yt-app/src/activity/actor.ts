import { AsyncLocalStorage } from 'node:async_hooks';

const actors = new AsyncLocalStorage<string>();

/** Runs a function, and all that it awaits, for a person: entries of the activity log that are appended meanwhile name them. */
export function actAs<Result>(personId: string | undefined, run: () => Result): Result {
  return personId === undefined ? run() : actors.run(personId, run);
}

/** The person for whom the caller runs; null: Linkcast itself, or a part. */
export function currentActor(): string | null {
  return actors.getStore() ?? null;
}
