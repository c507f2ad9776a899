import { createServiceProcess, keyDigestsSetting, startYtApp, testKeys, type YtAppProcess } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';

let service: YtAppProcess;

beforeEach(async () => {
  service = await startYtApp({});
});
afterEach(() => service.close());

test('a second API on the same data: exits with 75 and names the first, which serves on', async () => {
  const second = createServiceProcess('yt-app/src/main.ts', {
    ...{ DATA_DIR: service.dataDir, MEDIA_DIR: service.mediaDir, PORT: '0' },
    ...{ API_TOKEN: testKeys.owner, KEY_DIGESTS: keyDigestsSetting('owner'), EGRESS_KEY: service.egress.key },
    COOKIE_KEY: 'a-key-of-the-cookies-for-tests',
  });
  second.start();
  expect(await second.ended()).toBe(75);
  expect(second.log()).toContain(`${service.dataDir} is in use by yt-app (process ${service.main.pid()} on `);
  expect(await service.api.listJobs()).toMatchObject({ jobs: [] });
});

test('a second worker with the same name on the same media: exits with 75 and names the first', async () => {
  const second = service.addWorker('worker');
  expect(await second.ended()).toBe(75);
  expect(second.log()).toContain(`${service.mediaDir} is in use by worker (process ${service.worker.pid()} on `);
});

test('a killed API: the next one starts at once', async () => {
  await service.kill('SIGKILL');
  await service.start();
  expect(service.log()).not.toContain('in use');
});
