import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiClient, type ApiClient } from '@linkcast/contracts';
import { startEgress, type EgressProcess } from './egress-process.ts';
import { findFreePort } from './free-port.ts';
import { programsOf } from './programs-of.ts';
import { keyDigestsSetting, testKeys } from './test-keys.ts';
import { until } from './until.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const API_TOKEN = testKeys.owner;

/** yt-app as a process of its own, which can be killed and started again on the same data, all in a temporary folder. */
export interface YtAppProcess {
  readonly api: ApiClient;
  readonly url: string;
  /** The owner's API token. The parts' keys are {@link testKeys}. */
  readonly token: string;
  readonly mediaDir: string;
  /** The egress proxy that it uses; it runs on while yt-app is killed and started again. */
  readonly egress: EgressProcess;
  /** Of the process that runs now. Throws when none does. */
  pid(): number;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  start(): Promise<void>;
  /** Command lines of yt-dlp, ffmpeg and their children, of any run. */
  programs(): Promise<string[]>;
  log(): string;
  close(): Promise<void>;
}

/** @param settings yt-app's variables, on top of those that place it in the temporary folder. */
export async function startYtApp(settings: Record<string, string>): Promise<YtAppProcess> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'linkcast-yt-app-'));
  const mediaDir = path.join(dataDir, 'media');
  const egress = await startEgress({ ALLOW_PRIVATE_SOURCES: settings['ALLOW_PRIVATE_SOURCES'] ?? '' });
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const api = createApiClient({ baseUrl: url, token: API_TOKEN });
  let child: ChildProcess | undefined;
  let output = '';

  const start = async (): Promise<void> => {
    const env = {
      PATH: process.env['PATH'],
      API_TOKEN,
      SERVICE_KEY: testKeys['yt-app'],
      KEY_DIGESTS: keyDigestsSetting('owner'),
      PORT: String(port),
      DATA_DIR: dataDir,
      MEDIA_DIR: mediaDir,
      EGRESS_URL: egress.url,
      EGRESS_KEY: egress.key,
      TOOLS_DIR: path.join(ROOT, '.tools'),
      // As ops/src/parts.ts and the image start it.
      NODE_COMPILE_CACHE: path.join(tmpdir(), 'linkcast-node-cache'),
      NODE_OPTIONS: '--max-semi-space-size=1',
      ...settings,
    };
    child = spawn(process.execPath, [path.join(ROOT, 'yt-app/src/main.ts')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(async () => (await api.listJobs()).jobs.length >= 0, 20);
  };
  const kill = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return null;
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await exited)[0];
  };
  await start();
  return {
    api,
    url,
    token: API_TOKEN,
    mediaDir,
    egress,
    pid: () => {
      if (child?.pid === undefined || child.exitCode !== null) throw new Error('yt-app does not run');
      return child.pid;
    },
    kill,
    start,
    programs: () => programsOf(dataDir),
    log: () => output,
    close: async () => {
      await kill('SIGTERM');
      await egress.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
