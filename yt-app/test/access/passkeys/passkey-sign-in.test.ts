import { randomBytes } from 'node:crypto';
import { Caller, PasskeyList } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApi, type ApiFixture } from '../../fixtures/api-fixture.ts';
import { openBrowser } from '../../fixtures/browser.ts';
import { countRows } from '../../fixtures/count-rows.ts';
import { eachDatabase } from '../../fixtures/each-database.ts';
import { expectProblem } from '../../fixtures/expect-problem.ts';
import {
  anAuthenticator,
  beginPasskey,
  beginSignIn,
  register,
  signInByPasskey,
  type Registered,
} from '../../fixtures/passkeys/passkey-browser.ts';
import type { AuthenticatorFaults } from '../../fixtures/passkeys/software-authenticator.ts';

const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;
const BERT = { role: 'owner', telegramId: 1002, name: 'Bert' } as const;

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let anna: Registered;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    anna = await register(api, ANNA);
  });
  afterEach(() => api.stop());

  const signIn = (faults?: AuthenticatorFaults) => signInByPasskey(api, anna.authenticator, faults);
  const sessions = async () => (await api.access.sessions.list()).length;
  const reasons = () => api.logged.filter(({ msg }) => msg === 'passkey refused').map(({ reason }) => reason);

  test('a passkey: signs its person in, in a browser that knows nothing of them', async () => {
    const browser = openBrowser(api, 'https');
    const answer = await signInByPasskey(api, anna.authenticator, {}, browser);
    expect(answer.status).toBe(200);
    expect(Caller.parse(answer.body)).toMatchObject({ role: 'member', name: 'Anna', passkeyDomain: 'home.test' });
    expect(answer.get('set-cookie')?.[0]).toMatch(/^__Host-linkcast=[\w-]{43}; .*HttpOnly; SameSite=Lax; Secure$/);
    expect((await browser.ask('get', '/api/me')).body).toMatchObject({ name: 'Anna' });
    const { passkeys } = PasskeyList.parse((await browser.ask('get', '/api/passkeys')).body);
    expect(passkeys).toMatchObject([{ id: anna.passkey.id, usedAt: new Date(api.nowMs).toISOString() }]);
    expect((await api.access.sessions.list()).map(({ device }) => device)).toContain('Firefox on Linux');
  });

  test('a passkey that does not count its uses: signs in again and again', async () => {
    for (let time = 0; time < 3; time += 1) expect((await signIn({ counter: 0 })).status).toBe(200);
  });

  test('a passkey of somebody else in a signed-in browser: replaces the session', async () => {
    const bert = openBrowser(api, 'https');
    await bert.signIn(BERT);
    const before = await sessions();
    expect((await signInByPasskey(api, anna.authenticator, {}, bert)).body).toMatchObject({ name: 'Anna' });
    expect(await sessions()).toBe(before);
  });

  describe('refused, without a session', () => {
    let before: number;
    beforeEach(async () => {
      expect((await signIn()).status).toBe(200); // the passkey itself is good
      before = await sessions();
    });
    const expectRefused = async (answer: Awaited<ReturnType<typeof signIn>>) => {
      expectProblem(answer, 'passkey-refused');
      expect(answer.get('set-cookie')).toBeUndefined();
      expect(await sessions()).toBe(before);
    };

    test.each<[string, AuthenticatorFaults, RegExp]>([
      ['another site', { origin: 'https://evil.test' }, /origin/],
      ['another port of the host', { origin: 'https://home.test:8443' }, /origin/],
      ['a subdomain', { origin: 'https://a.home.test' }, /origin/],
      ['HTTP', { origin: 'http://home.test' }, /origin/],
      ['another relying party', { rpId: 'evil.test' }, /RP ID/],
      ['another challenge', { challenge: 'A'.repeat(43) }, /challenge/],
      ['an unknown challenge id', { challengeId: 'A'.repeat(22) }, /no such challenge/],
      ['a registration', { type: 'webauthn.create' }, /type/],
      ['no check of the user', { isUserVerified: false }, /verif/],
      ['another user', { userHandle: 'A'.repeat(43) }, /another user/],
      ['an unknown passkey', { credentialId: 'A'.repeat(43) }, /unknown passkey/],
      ['a counter that stands still', { counter: 1 }, /counter/],
      ['a counter that went back to 0', { counter: 0 }, /counter/],
    ])('%s', async (_, faults, reason) => {
      await expectRefused(await signIn(faults));
      expect(reasons()).toEqual([expect.stringMatching(reason)]);
    });

    test('a signature by another key', async () => {
      const { userHandle } = anna.authenticator.sign(await beginSignIn(openBrowser(api, 'https')));
      const { credentialId } = anna.authenticator;
      await expectRefused(await signInByPasskey(api, anAuthenticator(), { credentialId, userHandle, counter: 9 }));
      expect(reasons()).toEqual(['the signature is not valid']);
    });

    test('an answer that was sent before', async () => {
      const browser = openBrowser(api, 'https');
      const answer = anna.authenticator.sign(await beginSignIn(browser));
      expect((await browser.ask('post', '/api/session/passkey', answer)).status).toBe(200);
      before = await sessions();
      await expectRefused(await openBrowser(api, 'https').ask('post', '/api/session/passkey', answer));
      const { challengeId } = await beginSignIn(browser);
      await expectRefused(await browser.ask('post', '/api/session/passkey', { ...answer, challengeId }));
    });

    test('an answer to the challenge of another browser', async () => {
      const [own, other] = [await beginSignIn(openBrowser(api)), await beginSignIn(openBrowser(api))];
      const answer = anna.authenticator.sign(other, { challengeId: own.challengeId });
      await expectRefused(await openBrowser(api, 'https').ask('post', '/api/session/passkey', answer));
    });

    test('an answer to the challenge of a registration', async () => {
      const { challengeId, options } = await beginPasskey(anna.browser);
      const request = { ...(await beginSignIn(anna.browser)), challengeId };
      const answer = anna.authenticator.sign(request, { challenge: options.challenge });
      await expectRefused(await anna.browser.ask('post', '/api/session/passkey', answer));
    });

    test('an answer after five minutes', async () => {
      const browser = openBrowser(api, 'https');
      const [late, inTime] = [await beginSignIn(browser), await beginSignIn(browser)];
      api.nowMs += 299_999;
      const first = await browser.ask('post', '/api/session/passkey', anna.authenticator.sign(inTime));
      expect(first.status).toBe(200);
      before = await sessions();
      api.nowMs += 1;
      await expectRefused(
        await openBrowser(api, 'https').ask('post', '/api/session/passkey', anna.authenticator.sign(late)),
      );
    });

    test('a revoked passkey', async () => {
      expect((await anna.browser.ask('delete', `/api/passkeys/${anna.passkey.id}`)).status).toBe(204);
      await expectRefused(await signIn());
    });

    test('the passkey of a removed person, also after they come back', async () => {
      const annaId = (await api.access.people.byTelegram(1001))?.id ?? '';
      await api.access.peopleService.remove(annaId);
      before = await sessions();
      await expectRefused(await signIn());
      await api.access.people.add({ ...ANNA, invitedBy: null });
      await expectRefused(await signIn());
      expect([
        await countRows(api.database, 'passkeys'),
        await countRows(api.database, 'passkey_user_handles'),
      ]).toEqual([0, 0]);
    });

    test('a request of another site', async () => {
      const browser = openBrowser(api, 'https');
      const answer = anna.authenticator.sign(await beginSignIn(browser));
      const foreign = { origin: 'https://evil.test' };
      for (const path of ['/api/session/passkey/challenges', '/api/session/passkey'])
        expectProblem(await browser.ask('post', path, answer, foreign), 'forbidden');
      expect(await sessions()).toBe(before);
    });
  });

  test('five requests with the same answer at once: one succeeds', async () => {
    const answer = anna.authenticator.sign(await beginSignIn(openBrowser(api)));
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => openBrowser(api, 'https').ask('post', '/api/session/passkey', answer)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
  });

  test('five answers with the same counter at once: one succeeds', async () => {
    const signs = await Promise.all(
      Array.from({ length: 5 }, async () =>
        anna.authenticator.sign(await beginSignIn(openBrowser(api)), { counter: 7 }),
      ),
    );
    const answers = await Promise.all(
      signs.map((answer) => openBrowser(api, 'https').ask('post', '/api/session/passkey', answer)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
  });

  test('a person who is removed while they sign in: gets no session', async () => {
    const annaId = (await api.access.people.byTelegram(1001))?.id ?? '';
    const signIns = Array.from({ length: 5 }, () => signIn());
    await Promise.all([...signIns, api.access.peopleService.remove(annaId)]);
    expect(await api.access.sessions.list(annaId)).toEqual([]);
  });

  test('a copied passkey: its refusal is logged with the passkey and the person', async () => {
    await signIn({ counter: 5 });
    await signIn({ counter: 5 });
    expect(api.logged.find(({ msg }) => msg === 'passkey refused')).toMatchObject({ passkeyId: anna.passkey.id });
  });

  test('a session: has one challenge at a time, which those of sign-ins do not end', async () => {
    await beginPasskey(anna.browser);
    const created = await beginPasskey(anna.browser);
    await beginSignIn(openBrowser(api));
    expect(await countRows(api.database, 'passkey_challenges')).toBe(2);
    const answer = anAuthenticator().create(created);
    expect((await anna.browser.ask('post', '/api/passkeys', answer)).status).toBe(201);
  });

  test('sign-ins that many begin: of more than 5000, the oldest end', async () => {
    const tables = api.database.tables<{ passkey_challenges: object }>();
    const rows = Array.from({ length: 5000 }, () => ({
      digest: randomBytes(32),
      challenge: 'x',
      session_id: null,
      expires_at: api.nowMs + 1000,
    }));
    await tables.insertInto('passkey_challenges').values(rows).execute();
    const kept = await beginSignIn(openBrowser(api));
    expect(await countRows(api.database, 'passkey_challenges')).toBe(5000);
    const answer = anna.authenticator.sign(kept);
    expect((await openBrowser(api, 'https').ask('post', '/api/session/passkey', answer)).status).toBe(200);
  });
});
