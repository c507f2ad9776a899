import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for one test; kept when the test fails, for inspection. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kit-'));
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'fail') await rm(folder, { recursive: true, force: true });
  });
  return folder;
}
