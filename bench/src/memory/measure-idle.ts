import { pause } from '@linkcast/kit';
import { sampleMemory, type MemorySample } from './memory-sample.ts';

/** V8 returns the memory that a start needed only after some idle seconds. */
const QUIET_MS = 30_000;
const SAMPLES = 5;
const SAMPLE_MS = 2000;

/** Measures the memory of an idle stack: the median of several samples, since programs start and end. */
export async function measureIdle(root: number, shared: string, signal: AbortSignal): Promise<MemorySample> {
  await pause(QUIET_MS, signal);
  const samples: MemorySample[] = [];
  while (samples.length < SAMPLES) {
    signal.throwIfAborted();
    samples.push(await sampleMemory(root, shared));
    await pause(SAMPLE_MS, signal);
  }
  const [middle] = samples.toSorted((a, b) => a.total - b.total).slice(Math.floor(SAMPLES / 2));
  if (!middle) throw new Error('nothing was measured');
  return middle;
}
