import { setTimeout as delay } from 'node:timers/promises';
import { MOST_DISK_SHARE } from '../checks/leftover-checks.ts';
import type { Ledger } from '../ledger.ts';
import type { World } from '../world/world.ts';
import { untilAnswered } from './until-answered.ts';

const EVERY_MS = 1000;
/** STORAGE_LIMIT is 90 %: from here on, most downloads have no room. */
const FULL_SHARE = 0.85;
const ROOM_SECONDS = 60;

export type FullDiskWorld = { readonly disk: Pick<World['disk'], 'usedBytes' | 'bytes'> } & {
  readonly api: Pick<World['api'], 'listMedia' | 'deleteMedia' | 'emptyTrash'>;
};

/** Reads the used space until the signal, and notes when there is more than the limit allows. */
export async function watchSpace({ disk }: FullDiskWorld, ledger: Ledger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const share = (await disk.usedBytes()) / disk.bytes;
    ledger.count('disk: seconds watched');
    if (share >= FULL_SHARE) ledger.count('disk: seconds at its limit');
    if (share > MOST_DISK_SHARE)
      ledger.violate('the disk stays below its limit', `${(share * 100).toFixed(1)} % in use`);
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Deletes every second item and empties the trash, as an owner would, so that the jobs that wait for room can end. */
export async function makeRoom({ api }: FullDiskWorld, ledger: Ledger): Promise<void> {
  const limit = AbortSignal.timeout(ROOM_SECONDS * 1000);
  const list = await untilAnswered(() => api.listMedia({ limit: 100 }), limit);
  for (const { id, sourceUrl } of (list?.media ?? []).filter((_, index) => index % 2 === 0)) {
    const entry = ledger.entries.find(({ url }) => url === sourceUrl);
    if (entry) entry.isUnwanted = true;
    await untilAnswered(() => api.deleteMedia(id), limit);
  }
  await untilAnswered(() => api.emptyTrash(), limit);
}
