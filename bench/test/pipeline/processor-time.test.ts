import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { processorTimeSince, readProcessorTime } from '../../src/pipeline/processor-time.ts';

test('the processor time of an ended child: is counted for the children', async () => {
  const before = await readProcessorTime(process.pid);
  spawnSync('sh', ['-c', 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done']);
  const spent = await processorTimeSince(before, process.pid);
  expect(spent.children).toBeGreaterThan(0.02);
});
