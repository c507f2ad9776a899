import { pause } from '@linkcast/kit';
import { sampleMemory, type MemorySample } from './memory-sample.ts';

/** V8 gives back what a start needed some seconds after it, when nothing happens any more. */
const SETTLE_MS = 30_000;
const SAMPLES = 5;
const SAMPLE_MS = 2000;

/** The memory of a stack that has nothing to do: of several samples the one in the middle, since programs come and go. */
export async function measureIdle(root: number, shared: string, signal: AbortSignal): Promise<MemorySample> {
  await pause(SETTLE_MS, signal);
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
