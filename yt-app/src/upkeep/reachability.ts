import type { CertificateStatus, NameStatus, Reachability } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import ipaddr from 'ipaddr.js';

/** The ports to which the router forwards 80 and 443, and the current time. */
export interface ReachabilityFacts {
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly nowMs: number;
}

/** The reports of the parts about one public name. */
interface Observations extends ReachabilityFacts {
  readonly domain: string;
  readonly name: NameStatus | null;
  readonly certificate: CertificateStatus | null;
}

const VALIDATION_COUNTS_MS = 7 * 86_400_000;

/** The first that decides counts. */
const RULES: readonly ((seen: Observations) => Reachability | undefined)[] = [
  judgeLine,
  judgeAddress,
  judgeFailedValidation,
  judgeSelfRequest,
  judgeValidation,
  judgeSilence,
];

/**
 * Decides whether the internet can reach us. The ACME server's validation is the only check from outside, so its failure
 * counts most; a request to our own name may fail because the router does not lead it back.
 */
export function judgeReachability(
  name: NameStatus | null,
  certificate: CertificateStatus | null,
  facts: ReachabilityFacts,
): Reachability {
  if (name === null && certificate === null) return { state: 'unknown', ...worded(message('reach-silent')) };
  const domain = name?.name ?? certificate?.name ?? null;
  if (domain === null) return { state: 'local', ...worded(message('reach-local')) };
  for (const judge of RULES) {
    const decided = judge({ ...facts, domain, name, certificate });
    if (decided) return decided;
  }
  return { state: 'unknown', ...worded(message('reach-not-checked', { name: domain })) };
}

/** A router whose outside address differs from our public one is behind another router. */
function judgeLine({ name, ...facts }: Observations): Reachability | undefined {
  const address = name?.routerAddress ?? null;
  if (name === null || address === null || !ipaddr.isValid(address) || name.reach.https === 'answered')
    return undefined;
  if (ipaddr.parse(address).range() === 'private') {
    return { state: 'carrier-nat', ...worded(message('reach-second-router', { address, ...portsOf(facts) })) };
  }
  const own = ownAddress(name, 4);
  const isShared = ipaddr.parse(address).range() === 'carrierGradeNat' || (own !== null && own !== address);
  return isShared ? { state: 'carrier-nat', ...worded(message('reach-carrier-nat', { address })) } : undefined;
}

function judgeAddress({ domain, name }: Observations): Reachability | undefined {
  if (name?.state !== 'wrong') return undefined;
  const served = name.addresses.flatMap((address) => address.served);
  const own = ownAddress(name, 4) ?? ownAddress(name, 6);
  return { state: 'wrong-address', ...worded(message('reach-wrong-address', { name: domain, served, own })) };
}

function judgeFailedValidation({ domain, certificate, ...facts }: Observations): Reachability | undefined {
  if (certificate?.challenge !== 'http-01') return undefined;
  const { lastFault } = certificate;
  const place = { name: domain, ...portsOf(facts) };
  if (lastFault === 'connection') return { state: 'port-closed', ...worded(message('reach-closed-outside', place)) };
  if (lastFault === 'wrong-answer') return { state: 'port-closed', ...worded(message('reach-strange', place)) };
  return undefined;
}

function judgeSelfRequest({ domain, name, httpPort }: Observations): Reachability | undefined {
  if (name?.reach.https !== 'answered') return undefined;
  const isHttpOpen = name.reach.http === 'answered' || name.reach.http === 'unknown';
  const reported = isHttpOpen
    ? message('reach-fine', { name: domain })
    : message('reach-only-https', { name: domain, httpPort });
  return { state: 'reachable', ...worded(reported) };
}

function judgeValidation({ domain, certificate, nowMs }: Observations): Reachability | undefined {
  if (!wasReached(certificate) || nowMs - Date.parse(certificate.validatedAt) > VALIDATION_COUNTS_MS) return undefined;
  return { state: 'reachable', ...worded(message('reach-validated', { name: domain, at: certificate.validatedAt })) };
}

/** Our own request has failed, and no recent validation has succeeded. */
function judgeSilence({ domain, name, certificate, ...facts }: Observations): Reachability | undefined {
  const https = name?.reach.https ?? 'unknown';
  if (https === 'unknown') return undefined;
  const place = { name: domain, ...portsOf(facts) };
  if (wasReached(certificate)) return { state: 'unknown', ...worded(message('reach-unseen', place)) };
  return { state: 'port-closed', ...worded(message(https === 'strange' ? 'reach-strange' : 'reach-closed', place)) };
}

function wasReached(
  certificate: CertificateStatus | null,
): certificate is CertificateStatus & { readonly validatedAt: string } {
  return certificate?.challenge === 'http-01' && certificate.validatedAt !== null;
}

function portsOf({ httpPort, httpsPort }: ReachabilityFacts): Pick<ReachabilityFacts, 'httpPort' | 'httpsPort'> {
  return { httpPort, httpsPort };
}

function ownAddress(name: NameStatus, family: 4 | 6): string | null {
  return name.addresses.find((address) => address.family === family)?.public ?? null;
}
