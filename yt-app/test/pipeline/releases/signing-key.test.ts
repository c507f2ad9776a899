import { readKey } from 'openpgp';
import { expect, test } from 'vitest';
import { YT_DLP_SIGNING_KEY } from '../../../src/pipeline/releases/signing-key.ts';

test('the key of the releases: is the one that yt-dlp publishes, and can only verify', async () => {
  const key = await readKey({ armoredKey: YT_DLP_SIGNING_KEY });
  expect(key.getFingerprint()).toBe('ac0cbbe6848d6a873464af4e57cf65933b5a7581');
  expect(key.isPrivate()).toBe(false);
});
