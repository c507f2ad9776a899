import type { Logger } from '@linkcast/kit';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The path of the heartbeat file. The bot has no port, so the container's health check reads the file's age. */
export function heartbeatFile(dataDir: string): string {
  return path.join(dataDir, 'alive');
}

/** Writes the time into the heartbeat file. `beat` does not wait for the disk, and logs failures. */
export function createHeartbeat(file: string, logger: Logger) {
  const write = async (): Promise<void> => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${new Date().toISOString()}\n`);
  };
  return {
    beat: (): void =>
      void write().catch((error: unknown) => logger.error({ err: error }, 'heartbeat could not be written')),
  };
}
