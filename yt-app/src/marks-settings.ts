import { z } from 'zod';

/** The settings about the marks of items. */
export const marksSettings = {
  SPONSORBLOCK: z
    .enum(['off', 'on'])
    .default('off')
    .describe(
      '`on`: asks SponsorBlock for the sponsors, intros and the like in YouTube videos. It gets the first 4 of 64 digits of a hash of the video’s id. Each person chooses whether the player skips them.',
    ),
  SPONSORBLOCK_API: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .default('https://sponsor.ajay.app')
    .transform((text) => text.replace(/\/+$/, ''))
    .describe('Root of the SponsorBlock server, such as a mirror.'),
};

/** The server that is asked for marks; undefined: none. */
export function sponsorBlockServer({
  SPONSORBLOCK: choice,
  SPONSORBLOCK_API: server,
}: z.infer<z.ZodObject<typeof marksSettings>>): string | undefined {
  return choice === 'on' ? server : undefined;
}
