import path from 'node:path';
import type { Logger } from '@linkcast/kit';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { createHostWayStore } from './host-way-store.ts';
import { openProfilesFile, type ProfilesFile } from './profiles-file.ts';
import { createSourceWays, type SourceWays } from './source-ways.ts';

export interface ProfilePartsOptions {
  /** yt-app's folder, in which `profiles.yaml` is. */
  readonly dataDir: string;
  readonly database: AppDatabase;
  readonly logger: Logger;
}

/** The profiles of hosts, and the ways that they make. */
export interface ProfileParts {
  readonly profiles: ProfilesFile;
  readonly ways: SourceWays;
}

export async function openProfileParts({ dataDir, database, logger }: ProfilePartsOptions): Promise<ProfileParts> {
  const activity = createActivityLog(database);
  const profiles = await openProfilesFile({
    ...{ file: path.join(dataDir, 'profiles.yaml'), logger },
    onReplaced: () => activity.append({ kind: 'profiles-changed' }),
  });
  const store = createHostWayStore(database);
  return { profiles, ways: createSourceWays({ profiles: () => profiles.profiles(), store, logger }) };
}
