import { minimalEnvironment, runProgram } from '@linkcast/kit';
import { z } from 'zod';

const Probed = z.object({
  streams: z.array(z.object({ codec_type: z.string(), codec_name: z.string() })),
  format: z.object({ duration: z.coerce.number().optional() }),
});

/** Reads the codecs and the length in seconds at a URL with ffprobe. */
export async function probeUrl(url: string): Promise<{ codecs: string[]; seconds: number | undefined }> {
  const { outcome, stdout } = await runProgram({
    file: 'ffprobe',
    args: ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', url],
    env: minimalEnvironment('/tmp'),
    wallSeconds: 30,
  });
  if (outcome.kind !== 'finished') throw new Error(`ffprobe could not read ${url}: ${JSON.stringify(outcome)}`);
  const { streams, format } = Probed.parse(JSON.parse(stdout));
  return { codecs: streams.map((stream) => stream.codec_name), seconds: format.duration };
}
