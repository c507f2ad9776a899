import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mp3Output } from '../programs/ffmpeg/mp3-arguments.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { ExtraOutputs } from '../tracks/track-programs.ts';
import type { Download } from './download-monitor.ts';

const COVER_WAIT_MS = 4000;
/** For sources without a thumbnail. */
const DEFAULT_COVER = path.resolve(import.meta.dirname, '../../assets/cover.jpg');

/** The MP3 of an audio request, made of the same bytes as the rendition. Its cover must exist before ffmpeg starts. */
export async function mp3Extra(run: PipelineRun, { plan, facts, poster }: Download): Promise<ExtraOutputs> {
  if (!plan.withMp3) return { inputs: [], outputs: [] };
  const cover = (await Promise.race([poster, delay(COVER_WAIT_MS, null)])) ?? DEFAULT_COVER;
  const tags = { title: facts.title, artist: facts.uploader };
  return {
    inputs: [{ target: `file:${cover}`, options: [] }],
    outputs: [mp3Output(path.join(run.mediaDirectory, 'audio.mp3'), tags)],
  };
}
