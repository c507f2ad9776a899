import type { FeederStatus } from '@linkcast/contracts';
import { z } from 'zod';
import type { IcecastAddress } from './icecast-port.ts';

const Source = z.object({ listeners: z.coerce.number().int().nonnegative() });
const StatusDocument = z.object({ icestats: z.object({ source: z.union([Source, z.array(Source)]).optional() }) });

const TIMEOUT_MS = 2000;

/** Reads Icecast's status page. `online` is false when there is no response, or no stream of ours in it. */
export async function readIcecastStatus({ host, port }: IcecastAddress): Promise<FeederStatus> {
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/status-json.xsl`;
  const document = StatusDocument.safeParse(await fetchJson(url));
  const source = document.data?.icestats.source;
  const [ours] = Array.isArray(source) ? source : [source];
  return ours ? { online: true, listeners: ours.listeners } : { online: false, listeners: 0 };
}

async function fetchJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return await response.json();
  } catch {
    return undefined; // Icecast is down or starting, or the response is not JSON
  }
}
