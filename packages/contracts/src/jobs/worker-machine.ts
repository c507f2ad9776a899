import { z } from 'zod';

const ShortName = z.string().max(40);

/** The machine of a worker, as its programs find it. */
export const WorkerMachine = z.strictObject({
  sandbox: z.enum(['landlock', 'bubblewrap', 'none']),
  runtime: ShortName.nullable().meta({ description: 'The JavaScript runtime of yt-dlp with its version; null: none.' }),
  ffmpeg: z.strictObject({ version: ShortName, missingEncoders: z.array(ShortName).max(20) }).nullable(),
});
export type WorkerMachine = z.infer<typeof WorkerMachine>;
