import type { ProbedFile } from '../programs/probed-file.ts';
import { chooseRenditions, statedSeconds } from './rendition-choice.ts';
import { throwUnlessConverted } from './track-outcome.ts';
import { startConversion, type ConversionRun, type TrackResult } from './track-programs.ts';

/**
 * Converts a whole file: its streams are copied where every browser plays them.
 *
 * @throws {Problem} source-unsupported, and as {@link throwUnlessConverted}; or the reason of the signal.
 */
export async function convertFile(run: ConversionRun, file: string, probed: ProbedFile): Promise<TrackResult> {
  const renditions = chooseRenditions(run.plan, probed);
  const { program: converter, publishers } = startConversion(run, renditions, { target: `file:${file}`, options: [] });
  await throwUnlessConverted(await converter.outcome, publishers, run.signal);
  return { publishers, statedSeconds: statedSeconds(renditions, probed) };
}
