import { mkdir } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Problem } from '@linkcast/contracts';
import { pause } from '@linkcast/kit';
import type { TrackPlan } from '../plan/track-plan.ts';
import { chooseRenditions } from '../tracks/rendition-choice.ts';
import { throwUnlessConverted } from '../tracks/track-outcome.ts';
import { pipeInput, startConversion, type ConversionRun } from '../tracks/track-programs.ts';
import type { DownloadedTrack } from '../tracks/track.ts';
import type { LiveFile } from './live-file.ts';
import type { LiveRun } from './live-run.ts';

/** The bytes of a segment are read ahead; no more, so that the converter is what waits. */
const BYTES = { objectMode: false, highWaterMark: 64 * 1024 } as const;
const FIRST_MS = 250;

/**
 * Makes the renditions of a live source while it is recorded. The converter reads all from the beginning: what an interrupted run has
 * recorded, and then what comes. Time stamps that jump, as after a stall, are joined: the item has one timeline.
 */
export async function bringLive(
  track: TrackPlan,
  live: LiveRun,
  run: ConversionRun & { readonly workDirectory: string },
): Promise<DownloadedTrack> {
  await mkdir(run.workDirectory, { recursive: true });
  const recorded = live.record().finally(() => live.file.end());
  try {
    return { plan: track, statedSeconds: null, publishers: await convert(live, run, recorded) };
  } catch (error) {
    live.abandon();
    await recorded.catch(() => undefined); // the first failure is the cause
    throw error;
  }
}

async function convert(
  live: LiveRun,
  run: ConversionRun,
  recorded: Promise<void>,
): Promise<DownloadedTrack['publishers']> {
  await firstBytes(live.file, recorded, run.signal);
  const probed = await run.ffmpeg.probe(live.file.file, run.signal);
  if (!probed) throw new Problem('source-not-media');
  const renditions = chooseRenditions(run.plan, probed);
  const liveRun = Object.assign(run, { live: { targetSeconds: live.targetSeconds } }); // a copy would keep the directory of this moment
  const conversion = startConversion(liveRun, renditions, pipeInput(run.plan));
  const { program: converter, publishers } = conversion;
  if (!converter.stdin) throw new Error('ffmpeg was started without a pipe');
  const bytes = Readable.from(
    live.file.read(() => converter.touch()),
    BYTES,
  );
  const written = pipeline(bytes, converter.stdin, { signal: run.signal }).catch(() => undefined); // its outcome gives the reason
  await throwUnlessConverted(await converter.outcome, publishers, run.signal);
  await Promise.all([written, recorded]);
  return publishers;
}

/** @throws {Problem} source-stalled when the source gave nothing. */
async function firstBytes(file: LiveFile, recorded: Promise<void>, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  recorded.then(end, end);
  while (file.bytes === 0) {
    signal.throwIfAborted();
    if (over.signal.aborted) {
      await recorded;
      throw new Problem('source-stalled');
    }
    await pause(FIRST_MS, AbortSignal.any([signal, over.signal]));
  }
}
