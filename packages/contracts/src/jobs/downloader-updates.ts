import { z } from 'zod';

/** The releases of yt-dlp that workers fetch. `pinned`: none; the installed version stays. */
export const YtDlpChannel = z.enum(['pinned', 'stable', 'nightly']);
export type YtDlpChannel = z.infer<typeof YtDlpChannel>;

/** A version of yt-dlp: the day of the release, of a nightly one with its time. */
export const YtDlpVersion = z.string().regex(/^\d{4}\.\d{2}\.\d{2}(\.\d{1,6})?$/);

/** The reason for which a release was refused. */
export const ReleaseFault = z.enum(['signature', 'checksum', 'size', 'version', 'trial']).meta({
  description:
    'signature: none, or not by the key. checksum: other bytes than the signed ones. size: too large. version: not the announced one, or older. trial: it does not download a clip.',
});
export type ReleaseFault = z.infer<typeof ReleaseFault>;

/** The state of a worker's updates of yt-dlp. */
export const DownloaderUpdates = z.strictObject({
  channel: YtDlpChannel,
  isUnreachable: z.boolean().meta({ description: 'The last check for a release got no answer.' }),
  refused: z
    .strictObject({ version: YtDlpVersion, fault: ReleaseFault })
    .nullable()
    .meta({ description: 'The newest release, when it was refused.' }),
  rolledBack: z
    .strictObject({ from: YtDlpVersion, to: YtDlpVersion })
    .nullable()
    .meta({ description: 'A release that failed where the one before it worked, until a newer one is taken.' }),
});
export type DownloaderUpdates = z.infer<typeof DownloaderUpdates>;

/** The egress proxy's URL for reading the releases, with its credentials. */
export const UpdateTicket = z.object({ proxyUrl: z.string() });
export type UpdateTicket = z.infer<typeof UpdateTicket>;
