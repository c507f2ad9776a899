import { SelfRequest } from '@linkcast/contracts';
import { parseJson, writeFileAtomic } from '@linkcast/kit';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const WrittenRecord = z.object({ address: z.string(), writtenAt: z.number() });
const Time = z.number().nonnegative();

/** What the updater remembers between starts. All times are milliseconds since 1970. */
const NameState = z.object({
  /** Of which settings this is; other settings start anew. */
  settings: z.string(),
  written: z.object({ ipv4: WrittenRecord.optional(), ipv6: WrittenRecord.optional() }),
  failures: z.number().int().nonnegative(),
  retryAt: Time,
  isProxied: z.boolean(),
  lastError: z.object({ at: Time, sentence: z.string() }).nullable(),
  reach: z.object({ checkedAt: Time.nullable(), http: SelfRequest, https: SelfRequest }),
  /** For the provider: see `ProviderMemory`. */
  notes: z.record(z.string(), z.string()),
});
export type NameState = z.infer<typeof NameState>;

export interface NameStore {
  readonly state: Readonly<NameState>;
  /** The file is replaced as a whole, mode 0600. */
  save(change: Partial<NameState>): Promise<void>;
}

/**
 * Opens the state file. One that is missing, damaged, or of other settings starts anew: the worst that this costs is one write.
 *
 * @param settings tells the settings apart; not a secret, and none can be found from it.
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
      saving = saved.catch(() => undefined); // whoever asked for this one hears of it; the next one is written anyway
      return saved;
    },
  };
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
