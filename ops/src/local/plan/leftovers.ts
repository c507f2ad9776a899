import { killLeftovers } from '@linkcast/kit';
import path from 'node:path';

/**
 * Ends what a killed `make local` left on its ports. The parts end with their supervisor and most programs with their part, but
 * Icecast and the workers of nginx change their user, which clears the parent-death signal. The caller holds the lock of the data
 * directory: nothing that is found belongs to a stack that runs.
 */
export async function endLeftovers(dataDirectory: string): Promise<void> {
  await Promise.all([
    killLeftovers(path.join(dataDirectory, 'nginx'), { retitled: 'nginx' }),
    killLeftovers(path.join(dataDirectory, 'icecast')),
    killLeftovers(path.join(dataDirectory, 'certbot')),
  ]);
}
