import { loadConfigOrExit } from '@linkcast/kit';
import path from 'node:path';
import { createDdnsClient } from '../challenge/ddns-client.ts';
import { CertbotConfig } from '../config.ts';
import { createCertbot } from '../program/certbot.ts';
import { createRehearsal } from './rehearsal.ts';

/**
 * The program behind `make cert-staging`: obtains a certificate from Let's Encrypt's staging server (or from ACME_DIRECTORY),
 * keeps none, and prints whether the real one can be obtained. Exit code 0: it can.
 */
const config = loadConfigOrExit(CertbotConfig, process.env);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function rehearse(domainName: string): Promise<boolean> {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
  const rehearsal = createRehearsal({
    order: {
      domainName,
      lineage: 'rehearsal',
      directoryUrl: config.ACME_DIRECTORY,
      email: config.SERVER_ADMIN ?? null,
    },
    challenge: config.ACME_CHALLENGE,
    certbot: createCertbot({
      file: config.CERTBOT_FILE,
      stateDirectory: path.resolve(config.DATA_DIR, 'certbot/rehearsal'),
      webroot: path.resolve(config.CERTIFICATE_DIR, 'webroot'),
      caFile: config.ACME_CA_FILE ?? null,
      ddnsUrl: config.DDNS_URL,
      serviceKey: config.SERVICE_KEY,
    }),
    ddns: createDdnsClient(config.DDNS_URL, config.SERVICE_KEY),
    language: config.LANGUAGE,
    print,
  });
  return rehearsal.run(stopping.signal);
}

process.exitCode = (await rehearse(config.DOMAIN_NAME)) ? 0 : 1;
