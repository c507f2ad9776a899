import type { Library } from '../library/library.ts';
import type { LibraryVolume } from '../library/volume/library-volume.ts';
import type { PartStatuses } from '../parts/part-statuses.ts';
import type { NoticeSource } from './notice-source.ts';
import { createCertificateSource } from './sources/certificate-source.ts';
import { createLibrarySource } from './sources/library-source.ts';
import { createNameSource } from './sources/name-source.ts';
import { createReachabilitySource } from './sources/reachability-source.ts';
import { createSilentPartSource } from './sources/silent-part-source.ts';
import { createVolumeSource } from './sources/volume-source.ts';

/** The parts that the sources observe. */
export interface ObservedParts {
  readonly statuses: PartStatuses;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly volume: Pick<LibraryVolume, 'check'>;
  readonly library: Pick<Library, 'recovery'>;
  readonly clock?: () => number;
}

/** Creates all sources of notices. */
export function createNoticeSources(parts: ObservedParts): NoticeSource[] {
  const { statuses, volume, library, clock } = parts;
  return [
    createNameSource(statuses),
    createCertificateSource(statuses, clock),
    createSilentPartSource(statuses),
    createReachabilitySource(parts),
    createVolumeSource(volume),
    createLibrarySource(library),
  ];
}
