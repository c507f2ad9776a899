import type { Logger } from '@linkcast/kit';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where the bot shows that it lives: it has no port that could be asked. The container's health check reads its age. */
export function heartbeatFile(dataDir: string): string {
  return path.join(dataDir, 'alive');
}

/** Leaves a sign of life in a file; `beat` never throws and nobody waits for it. */
export function createHeartbeat(file: string, logger: Logger) {
  const write = async (): Promise<void> => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${new Date().toISOString()}\n`);
  };
  return {
    beat: (): void =>
      void write().catch((error: unknown) => logger.error({ err: error }, 'the sign of life could not be written')),
  };
}
