import { execFile } from 'node:child_process';
import { readdir, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { MEDIA_ID } from '@linkcast/contracts';
import type { Fault } from './fault.ts';

const run = promisify(execFile);

/** Faults of the media volume: it is not there for a while, and nothing may be written in its place. */
export const mediaFaults: readonly Fault[] = [
  {
    name: 'media volume unmounted',
    weight: 2,
    async begin({ mediaDirectory }, random, ledger) {
      // An empty mount point is what is left of a volume.
      await run('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', mediaDirectory]);
      return {
        detail: '',
        seconds: random.between(2, 12),
        async undo() {
          const strays = (await readdir(mediaDirectory)).filter((name) => MEDIA_ID.test(name));
          if (strays.length > 0) ledger.violate('no item is written beside an absent volume', strays.join(', '));
          await run('umount', ['--lazy', mediaDirectory]);
        },
      };
    },
  },
  {
    name: 'media volume renamed away',
    weight: 2,
    async begin({ mediaDirectory }, random, ledger) {
      const away = `${mediaDirectory}.away`;
      await rename(mediaDirectory, away);
      return {
        detail: '',
        seconds: random.between(2, 12),
        async undo() {
          const strays = await readdir(mediaDirectory, { recursive: true }).catch(() => []); // nothing is there
          if (strays.some((name) => MEDIA_ID.test(name)))
            ledger.violate('no item is written beside an absent volume', strays.join(', '));
          await rm(mediaDirectory, { recursive: true, force: true });
          await rename(away, mediaDirectory);
        },
      };
    },
  },
];
