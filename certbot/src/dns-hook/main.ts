import { ChallengeRecord } from '@linkcast/contracts';
import { loadConfigOrExit } from '@linkcast/kit';
import { z } from 'zod';
import { createDdnsClient } from '../challenge/ddns-client.ts';

/**
 * The hook that certbot runs for a DNS-01 challenge: `main.ts set` before the validation, `main.ts remove` after it. It asks
 * the DDNS updater, which has the provider's key, to change the record.
 */
const config = loadConfigOrExit(
  z.object({ CERTBOT_DOMAIN: z.string(), CERTBOT_VALIDATION: z.string(), DDNS_URL: z.url(), SERVICE_KEY: z.string() }),
  process.env,
);
const ddns = createDdnsClient(config.DDNS_URL, config.SERVICE_KEY);
const record = ChallengeRecord.parse({
  name: `_acme-challenge.${config.CERTBOT_DOMAIN}`,
  value: config.CERTBOT_VALIDATION,
});

try {
  await (process.argv[2] === 'set' ? ddns.setRecord(record) : ddns.removeRecord(record));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}
