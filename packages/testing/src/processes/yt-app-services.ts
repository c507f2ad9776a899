import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EgressProcess } from './egress-process.ts';
import { createServiceProcess, type ServiceProcess } from './service-process.ts';
import { keyDigestsSetting, testKeys } from './test-keys.ts';

const TOOLS = path.resolve(import.meta.dirname, '../../../../.tools');
/** A start from the sources takes less time with what an earlier one compiled. */
const NODE_SETTINGS = { NODE_COMPILE_CACHE: path.join(tmpdir(), 'linkcast-node-cache') };

/** The values that the services of one yt-app share. */
export interface YtAppRun {
  /** Variables of the services, on top of the others. */
  readonly settings: Readonly<Record<string, string>>;
  /** Runs the bundles in `dist` instead of the sources. */
  readonly isBundled: boolean;
  readonly dataDir: string;
  readonly mediaDir: string;
  readonly egress: Pick<EgressProcess, 'url' | 'key'>;
  /** Port and URL of the API. */
  readonly port: number;
  readonly url: string;
}

/** The service with the API. */
export function createMainService({ settings, isBundled, dataDir, mediaDir, egress, port }: YtAppRun): ServiceProcess {
  return createServiceProcess(isBundled ? 'dist/yt-app/main.js' : 'yt-app/src/main.ts', {
    ...NODE_SETTINGS,
    MEDIA_DIR: mediaDir,
    API_TOKEN: testKeys.owner,
    SERVICE_KEY: testKeys['yt-app'],
    KEY_DIGESTS: keyDigestsSetting('owner'),
    PORT: String(port),
    DATA_DIR: dataDir,
    EGRESS_URL: egress.url,
    EGRESS_KEY: egress.key,
    COOKIE_KEY: 'a-key-of-the-cookies-for-tests',
    ...settings,
  });
}

export function createWorkerService(
  { settings, isBundled, dataDir, mediaDir, url }: YtAppRun,
  name: string,
): ServiceProcess {
  return createServiceProcess(isBundled ? 'dist/yt-app/worker/main.js' : 'yt-app/src/worker/main.ts', {
    ...NODE_SETTINGS,
    MEDIA_DIR: mediaDir,
    SERVICE_KEY: testKeys.worker,
    TOOLS_DIR: TOOLS,
    YT_APP_URL: url,
    WORKER_NAME: name,
    PORT: '0',
    DATA_DIR: path.join(dataDir, 'worker'),
    YTDLP_CHANNEL: 'pinned',
    SPARE_DOWNLOADERS: '0', // a test sees the programs of its jobs alone
    ...settings,
  });
}
