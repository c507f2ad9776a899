import { SelfRequest, UpkeepError } from '@linkcast/contracts';
import { parseJson, writeFileAtomic } from '@linkcast/kit';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const WrittenRecord = z.object({ address: z.string(), writtenAt: z.number() });
const Time = z.number().nonnegative();

/** The state of the updater between starts. All times are milliseconds since 1970. */
const NameState = z.object({
  /** Identifies the settings that the state belongs to; other settings start with a new state. */
  settings: z.string(),
  written: z.object({ ipv4: WrittenRecord.optional(), ipv6: WrittenRecord.optional() }),
  failures: z.number().int().nonnegative(),
  retryAt: Time,
  isProxied: z.boolean(),
  lastError: UpkeepError.extend({ at: Time }).nullable(),
  reach: z.object({ checkedAt: Time.nullable(), http: SelfRequest, https: SelfRequest }),
  /** The values of `ProviderMemory`. */
  notes: z.record(z.string(), z.string()),
});
export type NameState = z.infer<typeof NameState>;

export interface NameStore {
  readonly state: Readonly<NameState>;
  /** Replaces the file as a whole, mode 0600. */
  save(change: Partial<NameState>): Promise<void>;
}

/**
 * Opens the state file. One that is missing, damaged, or of other settings is replaced by a new state, which costs one write
 * at most.
 *
 * @param settings identifies the settings; not a secret, and none can be derived from it.
 */
export async function openNameStore(file: string, settings: string): Promise<NameStore> {
  const text = await readFile(file, 'utf8').catch(() => ''); // none yet
  const read = NameState.safeParse(parseJson(text));
  let state = read.success && read.data.settings === settings ? read.data : newState(settings);
  let saving = Promise.resolve();
  return {
    get state() {
      return state;
    },
    save: (change) => {
      state = { ...state, ...change };
      const content = `${JSON.stringify(state, undefined, 2)}\n`;
      const saved = saving.then(() => writeFileAtomic(file, content, { mode: 0o600 }));
      saving = saved.catch(() => undefined); // the caller of this save gets the error; the next one is written anyway
      return saved;
    },
  };
}

/** Clears the failures and the last error; for a name that is right. */
export async function clearFailures(store: NameStore): Promise<void> {
  const { failures, retryAt, lastError } = store.state;
  if (failures > 0 || retryAt > 0 || lastError) await store.save({ failures: 0, retryAt: 0, lastError: null });
}

function newState(settings: string): NameState {
  return {
    settings,
    written: {},
    failures: 0,
    retryAt: 0,
    isProxied: false,
    lastError: null,
    reach: { checkedAt: null, http: 'unknown', https: 'unknown' },
    notes: {},
  };
}
