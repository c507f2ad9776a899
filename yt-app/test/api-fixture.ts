import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createLogger, openDatabase, type Database } from '@linkcast/kit';
import { testKeyDigests, testKeys } from '@linkcast/testing';
import request from 'supertest';
import { CertificateStatus, NameStatus, Problem, type Notice } from '@linkcast/contracts';
import { accessMigration } from '../src/access/access-migration.ts';
import { createAccess, type Access } from '../src/access/access.ts';
import { createApp } from '../src/app.ts';
import { createEventBus, type EventBus } from '../src/events/event-bus.ts';
import type { CheckResult } from '../src/http/health-check.ts';
import { libraryMigration } from '../src/library/library-migration.ts';
import { createLibrary } from '../src/library/library.ts';
import type { VolumeState } from '../src/library/media-volume.ts';
import { createMediaStore, type MediaStore } from '../src/library/media-store.ts';
import { createRequestQueue } from '../src/station/request-queue.ts';
import { createStationControl } from '../src/station/station-control.ts';
import { stationMigration } from '../src/station/station-migration.ts';
import { createStation } from '../src/station/station.ts';
import { createConditionLog } from '../src/upkeep/condition-log.ts';
import { createStatusQuestion } from '../src/upkeep/status-question.ts';
import { upkeepMigration } from '../src/upkeep/upkeep-migration.ts';
import { createUpkeep } from '../src/upkeep/upkeep.ts';
import type { WorkService } from '../src/work/work-service.ts';
import { startControlDoor, type ControlDoor } from './control-door.ts';
import { MemoryJobs } from './memory-jobs.ts';

export const API_TOKEN = testKeys.owner;

export interface ApiFixture {
  readonly url: string;
  readonly server: Server;
  readonly jobs: MemoryJobs;
  readonly store: MediaStore;
  readonly database: Database;
  readonly access: Access;
  readonly events: EventBus;
  readonly door: ControlDoor;
  /** The doors of the parts that look after name and certificate; nobody answers there unless told. */
  readonly nameDoor: ControlDoor;
  readonly certificateDoor: ControlDoor;
  readonly mediaDir: string;
  /** The time that access and upkeep go by, in milliseconds since 1970. */
  nowMs: number;
  /** The lines that were logged, parsed. */
  readonly logged: Record<string, unknown>[];
  /** Is the folder of the library there? */
  volume: VolumeState;
  /** What the owner is to be told of the service. */
  notices: Notice[];
  /** What the health check answers. */
  check: CheckResult;
  /** Aborts what waits: event streams, downloads. */
  stopApp(): void;
  stop(): Promise<void>;
}

export interface FixtureOptions {
  readonly heartbeatMs?: number;
  readonly maxQueuedBytes?: number;
  readonly recheckMs?: number;
  readonly mostStreams?: number;
  readonly mostStreamsPerCaller?: number;
  /** ACCESS=public. */
  readonly isPublic?: boolean;
}

export const SHARE_LIFETIME_SECONDS = 7 * 86_400;
export const MAX_HEIGHT = 1080;
/** The router leads its ports 80 and 443 there. */
const PORTS = { httpPort: 8080, httpsPort: 4433 } as const;

/** There is none: its tests run a real API with workers. */
const noWork: WorkService = {
  claim: () => Promise.resolve({ work: null }),
  renew: () => Promise.reject(new Problem('lease-lost')),
  report: () => Promise.reject(new Problem('lease-lost')),
};

/** The whole API with real parts on a free port; only the jobs are those of {@link MemoryJobs}. */
export async function startApi({ isPublic = false, ...streams }: FixtureOptions = {}): Promise<ApiFixture> {
  const mediaDir = await mkdtemp(path.join(os.tmpdir(), 'linkcast-api-'));
  const [door, nameDoor, certificateDoor] = await Promise.all([
    startControlDoor(),
    startControlDoor(),
    startControlDoor(),
  ]);
  nameDoor.answer = { status: 503, body: {} };
  certificateDoor.answer = { status: 503, body: {} };
  const database = openDatabase(':memory:', [libraryMigration, stationMigration, accessMigration, upkeepMigration]);
  const logged: Record<string, unknown>[] = [];
  const logger = createLogger({
    service: 'test',
    destination: { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) }, // pino writes objects
  });
  const events = createEventBus();
  const store = createMediaStore(database);
  const jobs = new MemoryJobs(events);
  const control = createStationControl({ url: door.url, key: testKeys['yt-app'], timeoutMs: 1000 });
  const station = createStation({ store, requests: createRequestQueue(database), control, events, logger });
  const clock = (): number => fixture.nowMs;
  const access = createAccess({ database, keyDigests: testKeyDigests, isPublic, logger, clock });
  const upkeep = createUpkeep({
    askName: createStatusQuestion({ url: nameDoor.url, key: testKeys['yt-app'], schema: NameStatus, clock }),
    askCertificate: createStatusQuestion({
      url: certificateDoor.url,
      key: testKeys['yt-app'],
      schema: CertificateStatus,
      clock,
    }),
    conditions: createConditionLog(database, clock),
    ...PORTS,
    clock,
  });
  const { app, stop: stopApp } = createApp({
    jobs,
    work: noWork,
    library: createLibrary({
      store,
      mediaDir,
      volume: { check: () => Promise.resolve(fixture.volume) },
      events,
      logger,
    }),
    notices: () => fixture.notices,
    station,
    events,
    logger,
    access,
    shareLifetimeSeconds: SHARE_LIFETIME_SECONDS,
    maxHeight: MAX_HEIGHT,
    upkeep,
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
    database,
    access,
    events,
    door,
    nameDoor,
    certificateDoor,
    mediaDir,
    nowMs: Date.now(),
    logged,
    volume: 'present',
    notices: [],
    check: { ok: true, detail: 'well' },
    stopApp,
    async stop() {
      stopApp();
      station.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await Promise.all([door, nameDoor, certificateDoor].map((one) => one.stop()));
      database.close();
      await rm(mediaDir, { recursive: true });
    },
  };
  return fixture;
}

/** supertest with a key; default: the owner's. */
export function ask(fixture: ApiFixture, key = API_TOKEN) {
  return request.agent(fixture.server).set('authorization', `Bearer ${key}`);
}
