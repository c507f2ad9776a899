import type { Logger } from '@linkcast/kit';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Longer than the longest round: five minutes of rest while Telegram refuses the token. */
const MAX_AGE_MS = 420_000;

/** Where the bot shows that it lives: it has no port that could be asked. */
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

/** Is there a sign of life that is not too old? */
export async function isAlive(file: string, now = Date.now()): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(file);
    return now - mtimeMs < MAX_AGE_MS;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false; // never begun
    throw error;
  }
}
