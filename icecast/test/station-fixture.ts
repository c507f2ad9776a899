import { createLogger } from '@linkcast/kit';
import { findFreePort, portOf, testKeys } from '@linkcast/testing';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createStation, type Station, type StationOptions } from '../src/station.ts';

export const run = promisify(execFile);

export const SOURCE_PASSWORD = 'canary-source-password';
export const ADMIN_PASSWORD = 'canary-admin-password';
export const SERVICE_KEY = testKeys.icecast;

export interface StationFixture {
  readonly options: StationOptions;
  readonly origin: string;
  readonly station: Station;
  readonly ytApp: TestYtApp;
  /** Everything the station logged. */
  readonly log: string[];
  /** Makes a finished audio item; gives its path below MEDIA_DIR. */
  addAudio(mediaId: string, title: string, seconds: number): Promise<string>;
  stop(): Promise<void>;
}

/** A station of its own in a temporary folder, beside a yt-app that answers what the test tells it. */
export async function startStation(): Promise<StationFixture> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'station-'));
  const ytApp = await startTestYtApp();
  const log: string[] = [];
  const options: StationOptions = {
    icecastHost: '127.0.0.1',
    icecastPort: await findFreePort(),
    sourcePassword: SOURCE_PASSWORD,
    adminPassword: ADMIN_PASSWORD,
    ytAppUrl: ytApp.origin,
    serviceKey: SERVICE_KEY,
    mediaDirectory: path.join(directory, 'media'),
    stateDirectory: path.join(directory, 'icecast'),
    logger: createLogger({
      service: 'icecast',
      level: 'debug',
      secrets: [SOURCE_PASSWORD, ADMIN_PASSWORD, SERVICE_KEY],
      destination: { write: (line) => log.push(line) },
    }),
  };
  await mkdir(options.mediaDirectory);
  const station = await createStation(options);
  return {
    options,
    origin: `http://127.0.0.1:${options.icecastPort}`,
    station,
    ytApp,
    log,
    addAudio: (mediaId, title, seconds) => addAudio(options.mediaDirectory, mediaId, title, seconds),
    stop: async () => {
      await station.stop();
      await ytApp.stop();
      await rm(directory, { recursive: true });
    },
  };
}

/** Writes an item as yt-app would: uniform MP3 and media.json. */
async function addAudio(mediaDirectory: string, mediaId: string, title: string, seconds: number) {
  const directory = path.join(mediaDirectory, mediaId);
  await mkdir(directory, { recursive: true });
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`],
    ...['-ac', '2', '-ar', '44100', '-b:a', '192k', '-metadata', 'title=from the tags', `${directory}/audio.mp3`],
  ]);
  await writeFile(path.join(directory, 'media.json'), JSON.stringify({ title, uploader: null }));
  return `${mediaId}/audio.mp3`;
}

/** Answers `POST /internal/station/next`: the queue first, then the last entry of it for ever; silence without one. */
export interface TestYtApp {
  readonly origin: string;
  readonly queue: string[];
  /** The Authorization headers that came. */
  readonly authorizations: (string | undefined)[];
  stop(): Promise<void>;
}

async function startTestYtApp(): Promise<TestYtApp> {
  const queue: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server: Server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    const file = (queue.length > 1 ? queue.shift() : queue[0]) ?? null;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ mediaId: file === null ? null : path.dirname(file), path: file }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    queue,
    authorizations,
    stop: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
