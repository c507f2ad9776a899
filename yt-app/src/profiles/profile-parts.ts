import path from 'node:path';
import type { Logger } from '@linkcast/kit';
import { createActivityLog } from '../activity/activity-log.ts';
import { createCookieJars, type CookieJars } from '../cookies/cookie-jars.ts';
import { createCookieStore } from '../cookies/cookie-store.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { createHostWayStore } from './host-way-store.ts';
import { openProfilesFile, PROFILES_NAME, type ProfilesFile } from './profiles-file.ts';
import { createSourceWays, type SourceWays } from './source-ways.ts';

export interface ProfilePartsOptions {
  readonly config: {
    /** yt-app's folder, in which `profiles.yaml` is. */
    readonly DATA_DIR: string;
    readonly COOKIE_KEY: string;
  };
  readonly database: AppDatabase;
  readonly logger: Logger;
}

/** The profiles of hosts, and the ways that they make. */
export interface ProfileParts {
  readonly profiles: ProfilesFile;
  readonly ways: SourceWays;
  readonly cookies: CookieJars;
}

export async function openProfileParts(options: ProfilePartsOptions): Promise<ProfileParts> {
  const { config, database, logger } = options;
  const activity = createActivityLog(database);
  const profiles = await openProfilesFile({
    ...{ file: path.join(config.DATA_DIR, PROFILES_NAME), logger },
    onReplaced: () => activity.append({ kind: 'profiles-changed' }),
  });
  const store = createHostWayStore(database);
  const cookies = createCookieJars({ store: createCookieStore(database), key: config.COOKIE_KEY });
  const ways = createSourceWays({ profiles: () => profiles.profiles(), store, cookies, logger });
  return { profiles, ways, cookies };
}
