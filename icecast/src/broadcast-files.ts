import { writeFileAtomic } from '@linkcast/kit';
import path from 'node:path';
import { renderEzstreamConf } from './conf/ezstream-conf.ts';
import { renderIcecastConf } from './conf/icecast-conf.ts';
import { loopbackAddressOf } from './programs/icecast-port.ts';
import { createSilence } from './tracks/silence.ts';

const SILENCE_SECONDS = 5;
const OWNER_ONLY = { mode: 0o600 };

/** Paths of the files in the state directory. */
export interface BroadcastFiles {
  readonly icecastConf: string;
  readonly ezstreamConf: string;
  readonly silence: string;
  readonly title: string;
  readonly socket: string;
}

export function broadcastFilesIn(directory: string): BroadcastFiles {
  return {
    icecastConf: path.join(directory, 'icecast.xml'),
    ezstreamConf: path.join(directory, 'ezstream.xml'),
    silence: path.join(directory, 'silence.mp3'),
    title: path.join(directory, 'title.txt'),
    socket: path.join(directory, 'feeder.sock'),
  };
}

export interface BroadcastFileContents {
  readonly icecastHost: string;
  readonly icecastPort: number;
  readonly sourcePassword: string;
  readonly adminPassword: string;
  readonly stateDirectory: string;
  /** Name of the program that ezstream runs for each file, in its working directory. */
  readonly intakeFile: string;
}

/** Writes all files but the socket. The two configurations hold passwords: mode 0600. */
export async function writeBroadcastFiles(files: BroadcastFiles, contents: BroadcastFileContents): Promise<void> {
  const { icecastHost, icecastPort, sourcePassword, adminPassword, stateDirectory, intakeFile } = contents;
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
    icecastHost: loopbackAddressOf(icecastHost),
    icecastPort,
    sourcePassword,
    intakeFile,
  });
  await writeFileAtomic(files.icecastConf, icecast, OWNER_ONLY);
  await writeFileAtomic(files.ezstreamConf, ezstream, OWNER_ONLY);
  await writeFileAtomic(files.silence, createSilence(SILENCE_SECONDS));
  await writeFileAtomic(files.title, '\n');
}
