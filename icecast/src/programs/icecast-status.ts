import type { FeederStatus } from '@linkcast/contracts';
import { z } from 'zod';
import type { IcecastAddress } from './icecast-port.ts';

/** Icecast writes a title of digits as a number. */
const Source = z.object({
  listeners: z.coerce.number().int().nonnegative(),
  title: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
const StatusDocument = z.object({ icestats: z.object({ source: z.union([Source, z.array(Source)]).optional() }) });

const TIMEOUT_MS = 2000;

/** Reads Icecast's status page. `online` is false when there is no response, or no stream of ours in it. */
export async function readIcecastStatus({ host, port }: IcecastAddress): Promise<FeederStatus> {
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/status-json.xsl`;
  const document = StatusDocument.safeParse(await fetchJson(url));
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
    return undefined; // Icecast is down or starting, or the response is not JSON
  }
}
