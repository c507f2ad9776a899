import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../network/free-port.ts';
import { until } from '../until.ts';

export interface PebbleOptions {
  /** Port of 127.0.0.1 (or of where the name leads) that HTTP-01 validation asks. Pebble asks no other. */
  readonly httpPort: number;
  /** Address that it listens on. Default 127.0.0.1. */
  readonly host?: string;
  /** `host:port` of the DNS server that pebble queries. Default: the machine's own. */
  readonly dnsServer?: string;
  /** Lifetime of what it issues, in seconds. Default: five years. */
  readonly validitySeconds?: number;
  /** Percentage of good nonces that are rejected. Default 0. */
  readonly nonceReject?: number;
  /** Percentage of valid authorisations that are used again. Default 0: every order is validated. */
  readonly reuseAuthorizations?: number;
  /** Every validation is valid, without anybody being asked. */
  readonly alwaysValid?: boolean;
  /** Seconds that a validation takes. Default 0. */
  readonly validationSeconds?: number;
}

/** A real ACME server (Let's Encrypt's pebble). What it issues is trusted by nobody. */
export interface Pebble {
  readonly directoryUrl: string;
  /** PEM file of the certificate that its own HTTPS server presents. */
  readonly caFile: string;
  /** PEM of the root that its certificates lead up to; a new one at each start. */
  root(): Promise<string>;
  /** It dies at once, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** After {@link kill}: it is back at the same address and has forgotten everything. */
  start(changes?: Partial<PebbleOptions>): Promise<void>;
  stop(): Promise<void>;
}

const START_SECONDS = 20;

/** Starts pebble (Debian's package) and waits until it answers. */
export async function startPebble(options: PebbleOptions): Promise<Pebble> {
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-pebble-'));
  const [port, managementPort] = [await findFreePort(), await findFreePort()];
  const host = options.host ?? '127.0.0.1';
  const directoryUrl = `https://${host}:${port}/dir`;
  const caFile = await writeServerCertificate(directory, host);
  const ca = await readFile(caFile, 'utf8');
  let child: ChildProcess | undefined;

  const start = async (changes: Partial<PebbleOptions> = {}): Promise<void> => {
    const now = { ...options, ...changes };
    const config = path.join(directory, 'pebble.json');
    await writeFile(config, JSON.stringify(pebbleConfig(now, { host, port, managementPort, directory })));
    const dnsServer = now.dnsServer === undefined ? [] : ['-dnsserver', now.dnsServer];
    const env = { PATH: process.env['PATH'], ...switches(now) };
    child = spawn('pebble', ['-strict', '-config', config, ...dnsServer], { env, stdio: 'ignore' });
    await until(() => fetchText(directoryUrl, ca), START_SECONDS);
  };
  const stop = async (): Promise<void> => {
    await endChild(child, 'SIGTERM');
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    directoryUrl,
    caFile,
    root: () => fetchText(`https://${host}:${managementPort}/roots/0`, ca),
    kill: () => endChild(child, 'SIGKILL'),
    start,
    stop,
  };
}

interface Listener {
  readonly host: string;
  readonly port: number;
  readonly managementPort: number;
  readonly directory: string;
}

function pebbleConfig(options: PebbleOptions, { host, port, managementPort, directory }: Listener): unknown {
  return {
    pebble: {
      listenAddress: `${host}:${port}`,
      managementListenAddress: `${host}:${managementPort}`,
      certificate: path.join(directory, 'server.pem'),
      privateKey: path.join(directory, 'server.key'),
      httpPort: options.httpPort,
      tlsPort: 1, // TLS-ALPN-01: nobody is there
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
      ...(options.validitySeconds === undefined ? {} : { certificateValidityPeriod: options.validitySeconds }),
    },
  };
}

function switches(options: PebbleOptions): Record<string, string> {
  return {
    PEBBLE_WFE_NONCEREJECT: String(options.nonceReject ?? 0),
    PEBBLE_AUTHZREUSE: String(options.reuseAuthorizations ?? 0),
    ...(options.alwaysValid === true ? { PEBBLE_VA_ALWAYS_VALID: '1' } : {}),
    ...(options.validationSeconds === undefined
      ? { PEBBLE_VA_NOSLEEP: '1' }
      : { PEBBLE_VA_SLEEPTIME: String(options.validationSeconds) }),
  };
}

/** The certificate of pebble's own server, self-signed, so that it is its own CA. */
async function writeServerCertificate(directory: string, host: string): Promise<string> {
  const file = path.join(directory, 'server.pem');
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=pebble', '-addext', `subjectAltName=IP:${host},DNS:localhost`],
    ...['-addext', 'keyUsage=critical,digitalSignature,keyCertSign'],
    ...['-keyout', path.join(directory, 'server.key'), '-out', file],
  ]);
  return file;
}

async function fetchText(url: string, ca: string): Promise<string> {
  const request = https.get(url, { ca, agent: false, signal: AbortSignal.timeout(5000) });
  const [response] = (await once(request, 'response')) as [AsyncIterable<Buffer>]; // what https.get emits
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function endChild(child: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
