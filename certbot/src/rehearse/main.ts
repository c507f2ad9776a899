import { texts } from '@linkcast/contracts';
import { loadConfigOrExit } from '@linkcast/kit';
import path from 'node:path';
import { createCertbot } from '../certbot-program.ts';
import { firstChallenge, otherChallenge, type Challenge } from '../challenge-order.ts';
import { CertbotConfig } from '../config.ts';
import { createDdnsClient } from '../ddns-client.ts';

/**
 * `make cert-staging`: goes through everything that obtaining the certificate takes, with Let's Encrypt's staging server
 * (or the ACME_DIRECTORY that is set), and says whether it would work. Nothing is kept or published.
 */
const config = loadConfigOrExit(CertbotConfig, process.env);
const say = texts.certificate.rehearsal;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function rehearse(domainName: string): Promise<boolean> {
  const certbot = createCertbot({
    file: config.CERTBOT_FILE,
    stateDirectory: path.resolve(config.DATA_DIR, 'certbot/rehearsal'),
    webroot: path.resolve(config.CERTIFICATE_DIR, 'webroot'),
    caFile: config.ACME_CA_FILE ?? null,
    ddnsUrl: config.DDNS_URL,
    apiToken: config.API_TOKEN,
  });
  const order = {
    domainName,
    lineage: 'rehearsal',
    directoryUrl: config.ACME_DIRECTORY,
    email: config.SERVER_ADMIN ?? null,
  };
  const canSetRecords = await createDdnsClient(config.DDNS_URL, config.API_TOKEN).canAnswerChallenges();
  const facts = { setting: config.ACME_CHALLENGE, remembered: null, canSetRecords };
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());

  const tryOut = async (challenge: Challenge): Promise<boolean> => {
    print(say.starting(domainName, challenge));
    const result = await certbot.run(order, { challenge, renew: 'rehearsal' }, stopping.signal);
    if (result.kind === 'finished') print(say.works(domainName, challenge));
    if (result.kind === 'stopped') print(say.stopped);
    if (result.kind !== 'failed') return result.kind === 'finished';
    print(`${say.failed} ${texts.certificate.failures[result.cause]}`);
    const other = otherChallenge(facts, challenge, result.cause);
    return other !== null && challenge === firstChallenge(facts) && tryOut(other); // at most these two
  };
  return tryOut(firstChallenge(facts));
}

if (config.DOMAIN_NAME === undefined) {
  print(say.noName);
  process.exitCode = 1;
} else {
  process.exitCode = (await rehearse(config.DOMAIN_NAME)) ? 0 : 1;
}
