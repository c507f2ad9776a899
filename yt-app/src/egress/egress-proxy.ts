import { randomBytes } from 'node:crypto';
import type { lookup as dnsLookup } from 'node:dns';
import { isProblem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { RequestError, Server, type ConnectionStats, type PrepareRequestFunction } from 'proxy-chain';
import { connectBounded, createBoundedAgent, IDLE_MS } from './bounded-connection.ts';
import { lookupWithSystem, pinnedLookup, resolveDestination, type NameLookup } from './destination-lookup.ts';
import { createTunnels } from './tunnels.ts';

export interface EgressProxyOptions {
  /** `host:port` pairs that are exempt from the judgement, as ALLOW_PRIVATE_SOURCES has them. */
  readonly allowPrivate: readonly string[];
  readonly logger: Logger;
  /** How names become addresses. Default: the operating system's way. */
  readonly lookup?: NameLookup;
}

/**
 * The only way out for everything that follows links of strangers. It resolves a name once, judges the addresses, and
 * connects to exactly those: redirects, manifests and changing DNS answers end at the same gate.
 */
export interface EgressProxy {
  /** The proxy's address for one job, with the job's name and a password in it. The job is known from now on. */
  url(jobId: string): string;
  /** The host that the job was last refused with 403, if any. */
  refusals(jobId: string): string | undefined;
  /** Bytes sent to the job's programs so far, headers included. */
  bytes(jobId: string): number;
  /** Closes what the job has open and forgets it. */
  forget(jobId: string): void;
  /** Closes all connections; resolves when the port is free. */
  stop(): Promise<void>;
}

interface JobTraffic {
  readonly jobId: string;
  readonly connections: Set<number>;
  closedBytes: number;
  refusedHost?: string;
}

export async function createEgressProxy(options: EgressProxyOptions): Promise<EgressProxy> {
  const { allowPrivate, logger, lookup = lookupWithSystem } = options;
  const jobs = new Map<string, JobTraffic>();
  const secret = randomBytes(12).toString('hex');
  const agent = createBoundedAgent();
  const tunnels = createTunnels();

  const resolve = async (job: JobTraffic, hostname: string, port: number): Promise<readonly string[]> => {
    try {
      return await resolveDestination(hostname, port, allowPrivate, lookup);
    } catch (error) {
      if (!isProblem(error) || error.code !== 'source-forbidden') throw badGateway(error);
      job.refusedHost = hostname;
      logger.warn({ jobId: job.jobId, host: hostname, port }, 'source refused');
      throw new RequestError('This address is not public', 403);
    }
  };

  const prepare: PrepareRequestFunction = async ({ connectionId, request, username, password, port, ...target }) => {
    const job = password === secret ? jobs.get(username) : undefined;
    if (!job) return { requestAuthentication: true };
    job.connections.add(connectionId);
    const hostname = normalHostname(target.hostname);
    const addresses = pinnedLookup(await resolve(job, hostname, port));
    if (target.isHttp) return { httpAgent: agent, dnsLookup: addresses as typeof dnsLookup }; // net.connect alone calls it
    tunnels.join(request.socket, await connectBounded(hostname, port, addresses).catch(rejectAsBadGateway));
    return { customConnectServer: tunnels.server };
  };

  const proxy = new Server({ host: '127.0.0.1', port: 0, prepareRequestFunction: prepare });
  proxy.server.setTimeout(IDLE_MS);
  proxy.on('requestFailed', ({ error }: { error: unknown }) => logger.error({ err: error }, 'egress proxy failed'));
  proxy.on('connectionClosed', ({ connectionId, stats }: { connectionId: number; stats?: ConnectionStats }) => {
    for (const job of jobs.values())
      if (job.connections.delete(connectionId)) job.closedBytes += stats?.srcTxBytes ?? 0;
  });
  await proxy.listen();

  return {
    url: (jobId) => {
      if (!jobs.has(jobId)) jobs.set(jobId, { jobId, connections: new Set(), closedBytes: 0 });
      return `http://${encodeURIComponent(jobId)}:${secret}@127.0.0.1:${proxy.port}`;
    },
    refusals: (jobId) => jobs.get(jobId)?.refusedHost,
    bytes: (jobId) => {
      const { connections = [], closedBytes = 0 } = jobs.get(jobId) ?? {};
      return [...connections].reduce((sum, id) => sum + (proxy.getConnectionStats(id)?.srcTxBytes ?? 0), closedBytes);
    },
    forget: (jobId) => {
      for (const connectionId of jobs.get(jobId)?.connections ?? []) proxy.closeConnection(connectionId);
      jobs.delete(jobId);
    },
    stop: async () => {
      agent.destroy();
      await proxy.close(true);
    },
  };
}

/** What the URL parser makes of the host of a CONNECT request, so that decimal and hex disguises fall here too. */
function normalHostname(hostname: string): string {
  const url = URL.parse(`http://${hostname}/`);
  if (!url || url.hostname === '') throw new RequestError('The host cannot be read', 400);
  return url.hostname;
}

function badGateway(cause: unknown): RequestError {
  const isLate = cause instanceof Error && 'code' in cause && cause.code === 'ETIMEDOUT';
  return new RequestError('The source cannot be reached', isLate ? 504 : 502);
}

function rejectAsBadGateway(error: unknown): never {
  throw badGateway(error);
}
