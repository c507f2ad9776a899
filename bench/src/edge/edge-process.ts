import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NODE_FLAGS } from '@linkcast/kit';
import { findFreePort, testKeys, until, type YtAppProcess } from '@linkcast/testing';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const START_SECONDS = 20;

/** The edge before a yt-app that runs already, over HTTP on loopback. */
export interface EdgeProcess {
  readonly port: number;
  readonly url: string;
  /** Makes nginx read its configuration again, as after a new certificate. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export async function startEdge(ytApp: YtAppProcess, access: 'private' | 'public'): Promise<EdgeProcess> {
  const dataDir = await mkdtemp(path.join(tmpdir(), `linkcast-edge-${access}-`));
  const siteDir = path.join(dataDir, 'site');
  await mkdir(siteDir);
  const port = await findFreePort();
  const child = spawn(process.execPath, [...NODE_FLAGS, path.join(ROOT, 'dist/nginx/main.js')], {
    env: {
      PATH: process.env['PATH'],
      HTTP_PORT: String(port),
      HTTPS_PORT: String(await findFreePort()),
      SITE_DIR: siteDir,
      MEDIA_DIR: ytApp.mediaDir,
      DATA_DIR: dataDir,
      CERTIFICATE_DIR: path.join(dataDir, 'certificate'),
      YT_APP_URL: ytApp.url,
      SERVICE_KEY: testKeys.nginx,
      INSTALLATION_MARK: '0'.repeat(32),
      ACCESS: access,
      LOG_LEVEL: 'warn', // as a log on a terminal is not what is measured
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }
    await rm(dataDir, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}`;
  try {
    await until(() => answers(url), START_SECONDS);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port,
    url,
    reload: async () => {
      const conf = await readFile(path.join(dataDir, 'nginx/nginx.conf'), 'utf8');
      const pidFile = /^pid "(.+)";$/m.exec(conf)?.[1] ?? '';
      process.kill(Number(await readFile(pidFile, 'utf8')), 'SIGHUP');
    },
    close,
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status < 500;
  } catch {
    return false; // nobody listens yet
  }
}
