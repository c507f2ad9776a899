import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createLogger, openDatabase } from '@linkcast/kit';
import request from 'supertest';
import { createApp } from '../src/app.ts';
import { createEventBus, type EventBus } from '../src/events/event-bus.ts';
import type { CheckResult } from '../src/http/health-check.ts';
import { libraryMigration } from '../src/library/library-migration.ts';
import { createLibrary } from '../src/library/library.ts';
import { createMediaStore, type MediaStore } from '../src/library/media-store.ts';
import { createRequestQueue } from '../src/station/request-queue.ts';
import { createStationControl } from '../src/station/station-control.ts';
import { stationMigration } from '../src/station/station-migration.ts';
import { createStation } from '../src/station/station.ts';
import { startControlDoor, type ControlDoor } from './control-door.ts';
import { MemoryJobs } from './memory-jobs.ts';

export const API_TOKEN = 'the-token-of-the-tests';

export interface ApiFixture {
  readonly url: string;
  readonly server: Server;
  readonly jobs: MemoryJobs;
  readonly store: MediaStore;
  readonly events: EventBus;
  readonly door: ControlDoor;
  readonly mediaDir: string;
  /** The lines that were logged, parsed. */
  readonly logged: Record<string, unknown>[];
  /** What the health check answers. */
  check: CheckResult;
  /** Aborts what waits: event streams, downloads. */
  stopApp(): void;
  stop(): Promise<void>;
}

export interface FixtureOptions {
  readonly heartbeatMs?: number;
  readonly maxQueuedBytes?: number;
}

/** The whole API with real parts on a free port; only the jobs are those of {@link MemoryJobs}. */
export async function startApi(streams: FixtureOptions = {}): Promise<ApiFixture> {
  const mediaDir = await mkdtemp(path.join(os.tmpdir(), 'linkcast-api-'));
  const door = await startControlDoor();
  const database = openDatabase(':memory:', [libraryMigration, stationMigration]);
  const logged: Record<string, unknown>[] = [];
  const logger = createLogger({
    service: 'test',
    destination: { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) }, // pino writes objects
  });
  const events = createEventBus();
  const store = createMediaStore(database);
  const jobs = new MemoryJobs(events);
  const control = createStationControl({ url: door.url, token: API_TOKEN, timeoutMs: 1000 });
  const station = createStation({ store, requests: createRequestQueue(database), control, events, logger });
  const { app, stop: stopApp } = createApp({
    jobs,
    library: createLibrary({ store, mediaDir, events, logger }),
    station,
    events,
    logger,
    apiToken: API_TOKEN,
    version: '1.2.3',
    checks: [{ name: 'test', run: () => Promise.resolve(fixture.check) }],
    countJobs: () => ({ queued: 2, ready: 5 }),
    streams,
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP

  const fixture: ApiFixture = {
    url: `http://127.0.0.1:${port}`,
    server,
    jobs,
    store,
    events,
    door,
    mediaDir,
    logged,
    check: { ok: true, detail: 'well' },
    stopApp,
    async stop() {
      stopApp();
      station.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await door.stop();
      database.close();
      await rm(mediaDir, { recursive: true });
    },
  };
  return fixture;
}

/** supertest with the token. */
export function ask(fixture: ApiFixture) {
  return request.agent(fixture.server).set('authorization', `Bearer ${API_TOKEN}`);
}
