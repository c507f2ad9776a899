import { z } from 'zod';
import { problemTypes } from '../problems/problem-catalogue.ts';

/** The name of a way, as people read it. */
export const WayName = z
  .string()
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,38}[\p{L}\p{N}])?$/u)
  .meta({ description: '1 to 40 letters, digits, spaces, dots, dashes or underscores.' });

const list = <Schema extends z.ZodType>(of: Schema) => z.array(of).min(1).max(8).optional();

/**
 * The extractor arguments of yt-dlp that a way may set, by its own names (its README, "EXTRACTOR ARGUMENTS"). The list is closed:
 * others name hosts, files or programs.
 */
export const ExtractorArguments = z.strictObject({
  youtube: z
    .strictObject({
      player_client: list(z.string().regex(/^-?[a-z][a-z0-9_]{0,29}$/)),
      player_skip: list(z.enum(['webpage', 'configs', 'js', 'initial_data'])),
      skip: list(z.enum(['hls', 'dash', 'translated_subs'])),
      formats: list(z.enum(['dashy', 'duplicate', 'incomplete', 'missing_pot'])),
      lang: list(z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?$/)),
    })
    .optional(),
  vimeo: z.strictObject({ client: list(z.enum(['android', 'ios', 'macos', 'web'])) }).optional(),
  twitter: z.strictObject({ api: list(z.enum(['graphql', 'legacy', 'syndication'])) }).optional(),
});
export type ExtractorArguments = z.infer<typeof ExtractorArguments>;

/** The browsers as which yt-dlp can connect, where its curl_cffi has them. */
export const ImpersonateTarget = z.enum(['chrome', 'edge', 'firefox', 'safari']);
export type ImpersonateTarget = z.infer<typeof ImpersonateTarget>;

/** The formats that a way takes where the source offers them: segments of HLS or DASH, or whole files. */
export const FormatPreference = z.enum(['any', 'hls', 'dash', 'file']);
export type FormatPreference = z.infer<typeof FormatPreference>;

/** The options of a way that the downloader gets as they are. */
export const wayOptions = {
  cookies: z
    .boolean()
    .default(false)
    .meta({ description: 'True: with the cookies of the site, where there are some.' }),
  extractorArguments: ExtractorArguments.default({}),
  impersonate: ImpersonateTarget.optional(),
  formats: FormatPreference.default('any'),
  requestGap: z.number().min(0).max(60).default(0).meta({ description: 'Seconds between two requests.' }),
  attempts: z.number().int().min(1).max(5).default(1).meta({ description: 'Tries before the next way.' }),
};

/** The most ways of one host. */
export const MOST_WAYS = 8;

/** One way of a host, as a worker gets it. */
export const WorkWay = z.object({
  name: WayName,
  proxyUrl: z.string().meta({ description: 'The egress proxy with the credentials of this work and of this way.' }),
  ...wayOptions,
});
export type WorkWay = z.infer<typeof WorkWay>;

/** A way that was tried in the last attempt of a job. */
export const TriedWay = z
  .object({
    way: WayName,
    problem: z.enum(problemTypes).nullable().meta({ description: 'Why it failed; null: it reached the source.' }),
  })
  .meta({ id: 'TriedWay' });
export type TriedWay = z.infer<typeof TriedWay>;

export const TriedWays = z.array(TriedWay).max(MOST_WAYS);
export type TriedWays = z.infer<typeof TriedWays>;
