import type { CertificateStatus, NameStatus, Notice } from '@linkcast/contracts';
import { testKeys } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { createCertificateSource } from '../../src/notices/sources/certificate-source.ts';
import { createNameSource } from '../../src/notices/sources/name-source.ts';
import { createReachabilitySource } from '../../src/notices/sources/reachability-source.ts';
import { createSilentPartSource } from '../../src/notices/sources/silent-part-source.ts';
import { createPartStatuses } from '../../src/parts/part-statuses.ts';
import { MINUTE_MS, openBoard, type NoticeFixture } from '../fixtures/notice-fixture.ts';
import {
  certificateStatus,
  certificateWithLeft,
  DAY_MS,
  daysFromNow,
  HOUR_MS,
  nameStatus,
  NOW,
  reach,
} from '../fixtures/part-status.ts';
import { startPartServer, type PartServer } from '../fixtures/part-server.ts';

let database: AppDatabase;
let nameServer: PartServer;
let certificateServer: PartServer;
let fixture: NoticeFixture;

beforeEach(async () => {
  [nameServer, certificateServer] = await Promise.all([startPartServer(), startPartServer()]);
  database = await openAppDatabase(':memory:');
  fixture = await openBoard({
    database,
    sources(clock) {
      const statuses = createPartStatuses({
        ddnsUrl: nameServer.url,
        certbotUrl: certificateServer.url,
        key: testKeys['yt-app'],
        clock,
      });
      return [
        createNameSource(statuses),
        createCertificateSource(statuses, clock),
        createSilentPartSource(statuses),
        createReachabilitySource({ statuses, httpPort: 8080, httpsPort: 4433, clock }),
      ];
    },
  });
});
afterEach(async () => {
  await Promise.all([nameServer.stop(), certificateServer.stop()]);
  await database.close();
});

/** Sets the answers of DDNS updater and certbot; undefined: it does not answer. */
function say(name: NameStatus | undefined, certificate: CertificateStatus | undefined): void {
  nameServer.answer = name ? { status: 200, body: name } : { status: 503, body: {} };
  certificateServer.answer = certificate ? { status: 200, body: certificate } : { status: 503, body: {} };
}

/** The codes of the notices that are open after a condition has lasted so long. */
async function codesAfter(ms: number): Promise<(string | undefined)[]> {
  await fixture.observe(MINUTE_MS);
  await fixture.observe(ms);
  return notices().map(({ message }) => message?.code);
}
const notices = (): readonly Notice[] => fixture.board.open();
const lastError = { at: daysFromNow(0), sentence: 'The server said no.' };

test('a healthy installation: has no notices', async () => {
  say(nameStatus(), certificateStatus());
  expect(await codesAfter(2 * DAY_MS)).toEqual([]);
});

test('an installation without a public name, or with both parts silent: has no notices', async () => {
  const off = { name: null, state: 'off' } as const;
  say(nameStatus(off), certificateStatus(off));
  expect(await codesAfter(DAY_MS)).toEqual([]);
  say(undefined, certificateStatus(off));
  expect(await codesAfter(DAY_MS)).toEqual([]);
  say(undefined, undefined);
  expect(await codesAfter(DAY_MS)).toEqual([]);
});

describe('the certificate', () => {
  const codesWith = async (left: number, lifetime = 90, changes: Partial<CertificateStatus> = {}) => {
    say(nameStatus(), certificateWithLeft(left, lifetime, changes));
    await fixture.observe(11_000); // an answer is reused for ten seconds
    return notices().map(({ message, severity }) => [message?.code, severity]);
  };

  test.each([
    [60, []],
    [30.5, []],
    [29.5, []], // the renewals of this day are waited for
    [28.9, [['certificate-due-notice', 'warning']]],
    [7.1, [['certificate-due-notice', 'warning']]],
    [6.9, [['certificate-last-week-notice', 'critical']]],
    [0.1, [['certificate-last-week-notice', 'critical']]],
    [-0.1, [['certificate-expired-notice', 'critical']]],
    [-40, [['certificate-expired-notice', 'critical']]],
  ])('with %d of 90 days left: gives the notices %j', async (days, expected) => {
    expect(await codesWith(days)).toEqual(expected);
  });

  test('with a third left and a failed renewal: opens at once', async () => {
    expect(await codesWith(30.01, 90, { lastFault: 'connection' })).toEqual([]);
    expect(await codesWith(29.99, 90, { lastFault: 'connection' })).toEqual([['certificate-due-notice', 'warning']]);
  });

  test('of six or 45 days: is late in its last third', async () => {
    expect(await codesWith(3, 6)).toEqual([]);
    expect(await codesWith(1.5, 6)).toEqual([['certificate-last-week-notice', 'critical']]);
    expect(await codesWith(14.9, 45, { lastFault: 'dns' })).toEqual([['certificate-due-notice', 'warning']]);
  });

  test('that expires: is one notice from the last third on; renewed, it ends, and later there is another', async () => {
    await codesWith(28);
    const [first] = notices();
    await codesWith(2.5, 90, { lastError });
    expect(notices()).toMatchObject([
      {
        key: first?.key,
        sentence: 'The certificate of home.test expires in 3 days and could not be renewed so far. The server said no.',
      },
    ]);
    say(nameStatus(), undefined); // certbot restarts
    await fixture.observe(11_000);
    expect(notices().map(({ key }) => key)).toEqual([first?.key]);
    await codesWith(89);
    expect(notices()).toEqual([]);
    await fixture.observe(11 * MINUTE_MS);
    await codesWith(28);
    expect(notices()[0]?.key).not.toBe(first?.key);
  });

  test('never obtained: opens after an hour, with the reason', async () => {
    say(nameStatus(), certificateStatus({ state: 'missing', notBefore: null, notAfter: null, lastError }));
    expect(await codesAfter(HOUR_MS - 1)).toEqual([]);
    await fixture.observe(10_000);
    expect(notices()).toMatchObject([
      { key: expect.stringMatching(/^certificate-missing:2026-11-21T12:01/) as string, severity: 'warning' },
    ]);
    expect(notices()[0]?.sentence).toContain('The server said no.');
    expect(notices()[0]?.action?.sentence).toContain('make cert-staging');
  });
});

describe('the name', () => {
  test('wrong or failing for an hour: is one notice, also while it is unknown; another one when it is wrong again', async () => {
    say(nameStatus({ state: 'wrong' }), certificateStatus());
    expect(await codesAfter(HOUR_MS - 1)).toEqual([]);
    say(nameStatus({ state: 'failing', lastError }), certificateStatus());
    const first = await fixture.observe(11_000);
    expect(first).toEqual([`name:${new Date(NOW + MINUTE_MS).toISOString()}`]);
    expect(notices()[0]?.sentence).toContain('it may not point here. The server said no.');
    say(nameStatus({ state: 'unknown' }), certificateStatus()); // restarted: nothing new is known
    expect(await fixture.observe(HOUR_MS)).toEqual(first);
    say(nameStatus(), certificateStatus());
    expect(await fixture.observe(HOUR_MS)).toEqual([]);
    await fixture.observe(HOUR_MS);
    say(nameStatus({ state: 'wrong' }), certificateStatus());
    expect(await codesAfter(HOUR_MS)).toEqual(['name-notice']);
    expect(notices()[0]?.key).not.toBe(first[0]);
  });

  test('of a part without an answer for an hour: is reported', async () => {
    say(undefined, certificateStatus());
    expect(await codesAfter(HOUR_MS)).toEqual(['name-silent-notice']);
    say(nameStatus(), undefined);
    expect(await codesAfter(HOUR_MS)).toEqual(['certificate-silent-notice']);
  });
});

describe('reachability', () => {
  const missing = certificateStatus({ challenge: 'dns-01' });

  test('a closed port for ten minutes: is a notice, also while nothing is known about it', async () => {
    say(nameStatus({ reach: reach('timeout') }), missing);
    expect(await codesAfter(10 * MINUTE_MS - 1)).toEqual([]);
    const first = await fixture.observe(11_000);
    expect(first).toEqual([expect.stringMatching(/^reachability-port-closed:/) as string]);
    expect(notices()).toMatchObject([{ severity: 'warning', action: null, message: { code: 'reach-closed' } }]);
    say(nameStatus({ reach: reach('unknown') }), missing);
    expect(await fixture.observe(20 * MINUTE_MS)).toEqual(first);
    say(nameStatus(), missing);
    expect(await fixture.observe(MINUTE_MS)).toEqual([]);
  });

  test('carrier-grade NAT for ten minutes: is a notice', async () => {
    say(nameStatus({ routerAddress: '100.64.0.1', reach: reach('timeout') }), missing);
    expect(await codesAfter(10 * MINUTE_MS)).toEqual(['reach-carrier-nat']);
  });

  test('a wrong address: is reported by the name alone', async () => {
    say(nameStatus({ state: 'wrong' }), missing);
    expect(await codesAfter(HOUR_MS)).toEqual(['name-notice']);
  });
});
