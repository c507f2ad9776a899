import { createApiClient, type FeederStatus } from '@linkcast/contracts';
import { createSupervisor, killLeftovers, mainFile, type Logger } from '@linkcast/kit';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { broadcastFilesIn, writeBroadcastFiles, type BroadcastFiles } from './broadcast-files.ts';
import { startEzstream } from './programs/ezstream-program.ts';
import { loopbackAddressOf, waitForIcecast } from './programs/icecast-port.ts';
import { startIcecast } from './programs/icecast-program.ts';
import { readIcecastStatus } from './programs/icecast-status.ts';
import { createFeeder, type Feeder } from './tracks/feeder.ts';
import { createLibraryRotation } from './tracks/library-rotation.ts';
import { createTrackSelector } from './tracks/track-selector.ts';

export interface BroadcasterOptions {
  readonly icecastHost: string;
  readonly icecastPort: number;
  readonly sourcePassword: string;
  readonly adminPassword: string;
  readonly ytAppUrl: string;
  /** Our own key for yt-app. */
  readonly serviceKey: string;
  readonly mediaDirectory: string;
  /** Directory of all files that are written. */
  readonly stateDirectory: string;
  readonly logger: Logger;
}

/** The running Icecast and ezstream, and the feeder that selects tracks for them. */
export interface Broadcaster {
  /** Ends the current track. Returns false while ezstream has requested no track yet. */
  skip(): boolean;
  status(): Promise<FeederStatus>;
  stop(): Promise<void>;
}

const NEXT_TRACK_LIMIT_MS = 2000;
const INTAKE_PROGRAM = mainFile(path.join(import.meta.dirname, 'intake'));
const INTAKE_DIRECTORY = path.dirname(INTAKE_PROGRAM);

/** Starts Icecast, ezstream and the feeder. */
export async function createBroadcaster(options: BroadcasterOptions): Promise<Broadcaster> {
  const { stateDirectory, logger } = options;
  const files = broadcastFilesIn(stateDirectory);
  await mkdir(stateDirectory, { recursive: true });
  const count = await killLeftovers(stateDirectory);
  if (count > 0) logger.warn({ count }, 'leftover programs ended');
  await writeBroadcastFiles(files, { ...options, intakeFile: path.basename(INTAKE_PROGRAM) });

  const feeder = await startFeeder(options, files);
  const icecast = createSupervisor({
    name: 'icecast',
    logger,
    start: () => startIcecast({ confFile: files.icecastConf, directory: stateDirectory, logger }),
  });
  const address = { host: loopbackAddressOf(options.icecastHost), port: options.icecastPort };
  await waitForIcecast(address);
  const ezstream = createSupervisor({
    name: 'ezstream',
    logger,
    start: () =>
      startEzstream({
        confFile: files.ezstreamConf,
        intakeDirectory: INTAKE_DIRECTORY,
        directory: stateDirectory,
        socketPath: files.socket,
        silenceFile: files.silence,
        titleFile: files.title,
        logger,
      }),
  });

  return {
    // SIGUSR1 would end ezstream before it has its handler: the first request for a track shows that it has
    skip: () => feeder.current !== undefined && ezstream.signal('SIGUSR1'),
    status: () => readIcecastStatus(address),
    stop: async () => {
      await ezstream.stop();
      await Promise.all([icecast.stop(), feeder.stop()]);
    },
  };
}

async function startFeeder(options: BroadcasterOptions, files: BroadcastFiles): Promise<Feeder> {
  const { ytAppUrl, serviceKey, mediaDirectory, logger } = options;
  const client = createApiClient({ baseUrl: ytAppUrl, token: serviceKey, timeoutMs: NEXT_TRACK_LIMIT_MS });
  const selector = createTrackSelector({
    mediaDirectory,
    silenceFile: files.silence,
    requestNext: () => client.nextTrack(AbortSignal.timeout(NEXT_TRACK_LIMIT_MS)),
    rotation: createLibraryRotation(mediaDirectory),
    logger,
  });
  return createFeeder({ selector, socketPath: files.socket, titleFile: files.title, logger });
}
