import { elapsedMs } from '@linkcast/kit';
import type { OriginServer, YtAppProcess } from '@linkcast/testing';

/** Seconds until a list of so many videos is listed as a whole: a parent job with its children. */
export async function measureList(
  entries: number,
  { ytApp, origin }: { ytApp: YtAppProcess; origin: OriginServer },
): Promise<number> {
  const link = (index: number): string => `${origin.url}/dead-${index}.mp4`;
  const items = Array.from(
    { length: entries },
    (_, index) => `<item><title>${index}</title><link>${link(index)}</link></item>`,
  );
  const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>List</title>${items.join('')}</channel></rss>`;
  const url = origin.text('/list.rss', 'application/rss+xml', feed);
  const before = elapsedMs();
  const { id, children } = await ytApp.api.createJob({ url, type: 'video' }, { playlist: 'all' });
  const seconds = (elapsedMs() - before) / 1000;
  if (children?.total !== entries) throw new Error(`${children?.total ?? 0} of ${entries} entries were listed`);
  await ytApp.api.cancelJob(id);
  return seconds;
}
