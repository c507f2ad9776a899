import { createApiClient, type FeederStatus } from '@linkcast/contracts';
import {
  createSupervisor,
  killLeftovers,
  mainFile,
  minimalEnvironment,
  OWNER_VARIABLE,
  startProgram,
  writeFileAtomic,
  type Logger,
  type Program,
} from '@linkcast/kit';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { renderEzstreamConf } from './conf/ezstream-conf.ts';
import { createFeeder } from './tracks/feeder.ts';
import { renderIcecastConf } from './conf/icecast-conf.ts';
import { readIcecastStatus } from './programs/icecast-status.ts';
import { createLibraryLoop } from './tracks/library-rotation.ts';
import { createProgramme } from './tracks/track-selector.ts';
import { createSilence } from './tracks/silence.ts';

export interface StationOptions {
  readonly icecastHost: string;
  readonly icecastPort: number;
  readonly sourcePassword: string;
  readonly adminPassword: string;
  readonly ytAppUrl: string;
  /** The station's own key for yt-app. */
  readonly serviceKey: string;
  readonly mediaDirectory: string;
  /** Everything the station writes is in here. */
  readonly stateDirectory: string;
  readonly logger: Logger;
}

/** Icecast, ezstream, and what tells them what to play. */
export interface Station {
  /** Ends the track that is on air; false when ezstream sends nothing yet. */
  skip(): boolean;
  status(): Promise<FeederStatus>;
  stop(): Promise<void>;
}

const SILENCE_SECONDS = 5;
const ASK_MS = 2000;
const ICECAST_START_MS = 5000;
const INTAKE_PROGRAM = mainFile(path.join(import.meta.dirname, 'intake'));

export async function createStation(options: StationOptions): Promise<Station> {
  const { logger } = options;
  const files = stationFiles(options.stateDirectory);
  await mkdir(options.stateDirectory, { recursive: true });
  const leftovers = await killLeftovers(options.stateDirectory);
  if (leftovers > 0) logger.warn({ leftovers }, 'killed the programs of a predecessor');
  await writeFiles(options, files);

  const client = createApiClient({ baseUrl: options.ytAppUrl, token: options.serviceKey, timeoutMs: ASK_MS });
  const programme = createProgramme({
    mediaDirectory: options.mediaDirectory,
    silenceFile: files.silence,
    askNext: () => client.nextTrack(AbortSignal.timeout(ASK_MS)),
    loop: createLibraryLoop(options.mediaDirectory),
    logger,
  });
  const feeder = await createFeeder({ programme, socketPath: files.socket, titleFile: files.title, logger });
  const icecast = createSupervisor({ name: 'icecast', logger, start: () => startIcecast(files, options) });
  const local = localAddress(options.icecastHost);
  await waitForPort(local, options.icecastPort);
  const ezstream = createSupervisor({ name: 'ezstream', logger, start: () => startEzstream(files, options) });

  return {
    // before it has asked for a file it may not have its signal handler yet, and would die of the signal
    skip: () => feeder.airing !== undefined && ezstream.signal('SIGUSR1'),
    status: async () => {
      const status = await readIcecastStatus(
        `http://${local.includes(':') ? `[${local}]` : local}:${options.icecastPort}`,
      );
      return feeder.airing?.mediaId === undefined ? { ...status, title: null } : status;
    },
    stop: async () => {
      await ezstream.stop();
      await Promise.all([icecast.stop(), feeder.stop()]);
    },
  };
}

type StationFiles = ReturnType<typeof stationFiles>;

function stationFiles(directory: string) {
  return {
    icecastConf: path.join(directory, 'icecast.xml'),
    ezstreamConf: path.join(directory, 'ezstream.xml'),
    silence: path.join(directory, 'silence.mp3'),
    title: path.join(directory, 'title.txt'),
    socket: path.join(directory, 'feeder.sock'),
  };
}

async function writeFiles(options: StationOptions, files: StationFiles): Promise<void> {
  const { icecastHost, icecastPort, sourcePassword, adminPassword, stateDirectory } = options;
  const isRoot = process.getuid?.() === 0;
  const icecast = renderIcecastConf({
    host: icecastHost,
    port: icecastPort,
    sourcePassword,
    adminPassword,
    directory: stateDirectory,
    user: isRoot ? { name: 'nobody', group: 'nogroup' } : undefined,
  });
  const ezstream = renderEzstreamConf({
    icecastHost: localAddress(icecastHost),
    icecastPort,
    sourcePassword,
    intakeFile: path.basename(INTAKE_PROGRAM),
  });
  await writeFileAtomic(files.icecastConf, icecast, { mode: 0o600 });
  await writeFileAtomic(files.ezstreamConf, ezstream, { mode: 0o600 });
  await writeFileAtomic(files.silence, createSilence(SILENCE_SECONDS));
  await writeFileAtomic(files.title, '\n');
}

function startIcecast(files: StationFiles, { stateDirectory, logger }: StationOptions): Program {
  return startProgram({
    file: 'icecast2',
    args: ['-c', files.icecastConf],
    env: minimalEnvironment(stateDirectory, { [OWNER_VARIABLE]: stateDirectory }),
    cwd: stateDirectory,
    onStderrLine: (line) => {
      logger[line.includes('] EROR ') ? 'warn' : 'debug']({ line }, 'icecast says'); // its WARN is about our choices
      return false;
    },
  });
}

function startEzstream(files: StationFiles, { stateDirectory, logger }: StationOptions): Program {
  const environment = minimalEnvironment(stateDirectory, {
    [OWNER_VARIABLE]: stateDirectory,
    FEEDER_SOCKET: files.socket,
    SILENCE_FILE: files.silence,
    TITLE_FILE: files.title,
  });
  return startProgram({
    file: 'ezstream',
    args: ['-c', files.ezstreamConf],
    env: { ...environment, PATH: `${path.dirname(process.execPath)}:${environment['PATH'] ?? ''}` }, // for the intake
    cwd: path.dirname(INTAKE_PROGRAM),
    onStderrLine: (line) => {
      logger.debug({ line }, 'ezstream says');
      return false;
    },
  });
}

/** The address at which this machine reaches what listens on `host`. */
function localAddress(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/** ezstream waits long after a refused connection, so the first one should not be refused. Gives up quietly. */
async function waitForPort(host: string, port: number): Promise<void> {
  const deadline = performance.now() + ICECAST_START_MS;
  while (performance.now() < deadline && !(await canConnect(host, port))) await delay(50);
}

async function canConnect(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: 1000 });
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('timeout', () => resolve(false));
  });
  socket.destroy();
  return isConnected;
}
