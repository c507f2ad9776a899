/**
 * Installs the newest release, and kills itself at a line of the log.
 *
 *   killed-update.ts FOLDER URL PROXY_URL KEY_FILE STEP
 */
import { readFileSync } from 'node:fs';
import { createLogger } from '@linkcast/kit';
import { createReleaseRig } from '../../fixtures/release-rig.ts';

const [folder = '', url = '', proxyUrl = '', keyFile = '', step = ''] = process.argv.slice(2);
const logger = createLogger({
  service: 'test',
  destination: {
    write(line) {
      if (line.includes(`"${step}"`)) process.kill(process.pid, 'SIGKILL');
    },
  },
});
const publicKey = readFileSync(keyFile, 'utf8');
const rig = await createReleaseRig({ server: { url, publicKey, proxyUrl }, folder, logger });
await rig.update();
