import { signal } from '../world/processes.ts';
import { atOnce, type Fault } from './fault.ts';

/** Bytes that a full disk has left at most. */
const ALMOST_FULL = 300_000;

/** Processes that have files of the disk open for writing. */
const WRITERS = ['yt-app', 'yt-app/worker', 'bot', 'yt-dlp', 'python3', 'ffmpeg', 'nginx', 'icecast2'];

/** Faults of the disk that everything of the installation is on. */
export const diskFaults: readonly Fault[] = [
  {
    name: 'disk full',
    weight: 4,
    begin({ disk }, random) {
      const freeBytes = random.chance(0.5) ? 0 : random.between(1, ALMOST_FULL);
      disk.fill(freeBytes);
      const undo = (): Promise<void> => disk.empty();
      return Promise.resolve({ detail: `${freeBytes} bytes free`, seconds: random.between(2, 8), undo });
    },
  },
  {
    name: 'inodes full',
    weight: 2,
    async begin({ disk }, random) {
      await disk.takeInodes();
      return { detail: '', seconds: random.between(2, 6), undo: () => disk.empty() };
    },
  },
  {
    name: 'read-only disk',
    weight: 2,
    async begin(world, random) {
      // The kernel refuses it while a file is open for writing; the parts start again on the read-only disk.
      for (const { pid, name } of await world.processes()) if (WRITERS.includes(name)) signal(pid, 'SIGKILL');
      try {
        world.disk.setReadOnly(true);
      } catch {
        return { ...atOnce('refused: files are open for writing'), killed: 'bot' };
      }
      return { detail: '', seconds: random.between(2, 6), undo: () => world.disk.setReadOnly(false), killed: 'bot' };
    },
  },
];
