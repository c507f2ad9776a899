import { createHash } from 'node:crypto';

/** An image as a Dockerfile names it, of Docker Hub: `node:24-trixie-slim`. */
export interface ImageTag {
  /** With its folder: `library/node`. */
  readonly repository: string;
  readonly tag: string;
}

const LIMIT_MS = 30_000;
/** Indexes of several platforms before manifests of one: a pin serves x64 and arm64. */
const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ');

/**
 * Reads the digest of a tag: the SHA-256 of the index that the registry serves, calculated here.
 *
 * @param registry root of a registry, by the protocol of OCI distribution
 * @throws when the registry does not answer with an index, or states another digest than the one of its answer
 */
export async function readDigest(registry: string, { repository, tag }: ImageTag): Promise<string> {
  const url = `${registry}/v2/${repository}/manifests/${tag}`;
  const first = await get(url, { accept: ACCEPT });
  const answer = first.status === 401 ? await get(url, { accept: ACCEPT, ...(await authorization(first)) }) : first;
  const name = `${repository}:${tag}`;
  if (answer.status !== 200) throw new Error(`${name}: the registry answered ${answer.status}`);
  const type = answer.headers.get('content-type') ?? 'none';
  if (!ACCEPT.includes(type)) throw new Error(`${name}: not an index of several platforms, but ${type}`);
  const digest = `sha256:${createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex')}`;
  const stated = answer.headers.get('docker-content-digest') ?? digest;
  if (stated !== digest) throw new Error(`${name}: the registry states ${stated}, and its answer has ${digest}`);
  return digest;
}

/** Gets a token that anybody may have, from the server that the registry names. */
async function authorization(refusal: Response): Promise<{ authorization: string }> {
  const challenge = refusal.headers.get('www-authenticate') ?? '';
  const parameters = new Map(Array.from(challenge.matchAll(/(\w+)="([^"]*)"/g), ([, key, value]) => [key, value]));
  const realm = parameters.get('realm');
  if (!challenge.startsWith('Bearer ') || realm === undefined) throw new Error(`no token to be had: ${challenge}`);
  const url = new URL(realm);
  for (const key of ['service', 'scope']) url.searchParams.set(key, parameters.get(key) ?? '');
  const answer = await get(url.href, {});
  const body: unknown = await answer.json();
  const { token } = body as { token?: unknown };
  if (typeof token !== 'string') throw new Error(`${url.host} gave no token: ${answer.status}`);
  return { authorization: `Bearer ${token}` };
}

function get(url: string, headers: Record<string, string>): Promise<Response> {
  return fetch(url, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
}
