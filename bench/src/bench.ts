import { availableParallelism, loadavg } from 'node:os';
import type { BenchRun } from './bench-run.ts';
import { benchEdge } from './edge/bench-edge.ts';
import { benchMemory } from './memory/bench-memory.ts';
import { benchPipeline } from './pipeline/bench-pipeline.ts';
import { benchSources } from './sources/bench-sources.ts';
import { benchStore } from './store/bench-store.ts';
import { benchTexts } from './texts.ts';

const benches = {
  pipeline: benchPipeline,
  sources: benchSources,
  edge: benchEdge,
  memory: benchMemory,
  store: benchStore,
};

/** Measures what was asked for, one after the other, and gives the tables. */
export async function runBench(benchRun: BenchRun): Promise<string> {
  const loadBefore = load();
  const tables: string[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if ((benchRun.options.only ?? name) === name) tables.push(await bench(benchRun));
  }
  return `${tables.join('')}  ${benchTexts.notes.load(loadBefore, load(), availableParallelism())}\n`;
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
