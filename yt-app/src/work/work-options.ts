import type { EgressUpstream, WorkLimits } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { JobPublisher } from '../jobs/job-publisher.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { Library } from '../library/library.ts';
import type { SourceWays } from '../profiles/source-ways.ts';
import type { StorageGuard } from '../pipeline/limits/storage-guard.ts';
import type { DeliverySettings } from './delivery/delivery-parts.ts';
import type { Leases } from './leases/leases.ts';

/** The parts and settings on which the work of workers stands. */
export interface WorkOptions {
  readonly store: JobStore;
  readonly items: ItemStore;
  readonly library: Library;
  readonly database: AppDatabase;
  readonly mediaDir: string;
  readonly storage: StorageGuard;
  readonly publisher: JobPublisher;
  readonly leases: Leases;
  readonly logger: Logger;
  readonly limits: WorkLimits;
  /** Root of the SponsorBlock server that is asked for marks; undefined: none. */
  readonly sponsorBlock: string | undefined;
  /** HOST_CONCURRENCY: jobs of one host that may run at once; 0: any number. */
  readonly mostPerHost: number;
  /** HOST_GAP: milliseconds from the start of a job to that of the next one of its host; 0: none. */
  readonly hostGapMs: number;
  /** MAX_PLAYLIST: the most videos of a list that are named. */
  readonly maxPlaylist: number;
  /** The egress proxy's URL for one claim, with credentials that expire after `lifetimeMs`; `upstream`: the outbound proxy behind it. */
  readonly proxyUrlFor: (claimId: string, lifetimeMs: number, upstream?: EgressUpstream) => Promise<string>;
  readonly deliveries: DeliverySettings;
  readonly ways: SourceWays;
  /** Reports whether the media volume is present and recovered; no job is given out otherwise. */
  readonly isMediaReady: () => boolean;
  /** Reports whether a person is an owner. */
  readonly isOwner: (personId: string) => Promise<boolean>;
  /** Within a transaction: reports whether a damaged item is downloaded again. A repair that is due begins now. */
  readonly beginRepair: (mediaId: string) => Promise<boolean>;
  /** Called after a new audio item is in the library. */
  readonly onAudioReady: (mediaId: string) => void;
  /** Called when so many bytes are missing for a job. Default: nothing. */
  readonly onRoomMissing?: (bytes: number) => void;
}
