import type { FeederStatus } from '@linkcast/contracts';
import { z } from 'zod';

/** Icecast writes a value that looks like a number as one, a title too. */
const Source = z.object({
  listeners: z.coerce.number().int().nonnegative(),
  title: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
const StatusDocument = z.object({ icestats: z.object({ source: z.union([Source, z.array(Source)]).optional() }) });

const TIMEOUT_MS = 2000;

/** Asks Icecast's status page. `online` is false when there is no answer, or none of our stream in it. */
export async function readIcecastStatus(origin: string): Promise<FeederStatus> {
  const document = StatusDocument.safeParse(await fetchJson(`${origin}/status-json.xsl`));
  const source = document.data?.icestats.source;
  const [ours] = Array.isArray(source) ? source : [source];
  if (!ours) return { online: false, listeners: 0, title: null };
  const title = String(ours.title ?? '').trim();
  return { online: true, listeners: ours.listeners, title: title === '' ? null : title };
}

async function fetchJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return await response.json();
  } catch {
    return undefined; // down, starting, or answering nonsense: offline
  }
}
