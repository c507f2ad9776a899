import { createApiClient, isProblem, NewPersonalKey, Passkey, PasskeyList } from '@linkcast/contracts';
import { testKeys } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, startApi, type ApiFixture } from '../../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../../fixtures/browser.ts';
import type { CborValue } from '../../fixtures/passkeys/cbor.ts';
import { countRows } from '../../fixtures/count-rows.ts';
import { eachDatabase } from '../../fixtures/each-database.ts';
import { expectProblem } from '../../fixtures/expect-problem.ts';
import { anAuthenticator, beginPasskey, register, signInByPasskey } from '../../fixtures/passkeys/passkey-browser.ts';
import type { AuthenticatorFaults } from '../../fixtures/passkeys/software-authenticator.ts';

const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;
const BERT = { role: 'owner', telegramId: 1002, name: 'Bert' } as const;
/** To check a certificate, the library requests the address of the list of revoked ones that is in it. */
const CERTIFIED = new Map<string, CborValue>([
  ['alg', -7],
  ['sig', Buffer.alloc(70)],
  ['x5c', [Buffer.alloc(200)]],
]);

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let anna: Browser;
  let bert: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [anna, bert] = [openBrowser(api, 'https'), openBrowser(api, 'https')];
    await anna.signIn(ANNA);
    await bert.signIn(BERT);
  });
  afterEach(() => api.stop());

  const idOf = async (telegramId: number) => (await api.access.people.byTelegram(telegramId))?.id ?? '';
  const make = async (browser: Browser, faults: AuthenticatorFaults = {}, authenticator = anAuthenticator()) =>
    browser.ask('post', '/api/passkeys', authenticator.create(await beginPasskey(browser), faults));
  const listOf = async (browser: Browser) =>
    PasskeyList.parse((await browser.ask('get', '/api/passkeys')).body).passkeys;
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'accepted',
      (error: unknown) => (isProblem(error) ? error.code : 'failed'),
    );

  describe('a new passkey', () => {
    test('of a signed-in person: is theirs, has the name of the device, and is listed', async () => {
      const made = await make(anna);
      expect(made.status).toBe(201);
      const passkey = Passkey.parse(made.body);
      expect(passkey).toMatchObject({ name: 'Firefox on Linux', usedAt: null, isBackedUp: false });
      expect(await listOf(anna)).toEqual([passkey]);
      expect(await listOf(bert)).toEqual([]);
    });

    test('asks for a discoverable passkey, for the check of the user, and for three algorithms', async () => {
      const { options } = await beginPasskey(anna);
      expect(options).toMatchObject({
        rp: { id: 'home.test' },
        user: { name: 'Anna' },
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-8, -7, -257]);
      expect(options.user.id).not.toContain(await idOf(1001));
    });

    test('of a person with one: excludes that one, and is for the same random user', async () => {
      const first = await beginPasskey(anna);
      const { credentialId, ...answer } = anAuthenticator().create(first);
      await anna.ask('post', '/api/passkeys', { credentialId, ...answer });
      const second = await beginPasskey(anna);
      expect(second.options.user.id).toBe(first.options.user.id);
      expect(second.options.excludeCredentials).toEqual([
        { id: credentialId, type: 'public-key', transports: ['internal', 'hybrid'] },
      ]);
      expect((await beginPasskey(bert)).options.user.id).not.toBe(first.options.user.id);
    });

    test.each<[string, AuthenticatorFaults, RegExp]>([
      ['of another site', { origin: 'https://evil.test' }, /origin/],
      ['of another port of the host', { origin: 'https://home.test:8443' }, /origin/],
      ['of another relying party', { rpId: 'evil.test' }, /RP ID/],
      ['for another challenge', { challenge: 'A'.repeat(43) }, /challenge/],
      ['for an unknown challenge id', { challengeId: 'A'.repeat(22) }, /no such challenge/],
      ['that is a sign-in', { type: 'webauthn.get' }, /type/],
      ['without the check of the user', { isUserVerified: false }, /verif/],
      ['with the id of another passkey', { credentialId: 'A'.repeat(43) }, /id/],
      ['with an algorithm that was not offered', { algorithm: -65535 }, /alg/],
      ['with an attestation of another format', { format: 'fido-u2f' }, /certificates/],
      ['with a certificate', { format: 'packed', statement: CERTIFIED }, /certificates/],
    ])('%s: is refused', async (_, faults, reason) => {
      expectProblem(await make(anna, faults), 'passkey-refused');
      expect(await listOf(anna)).toEqual([]);
      const { reason: logged } = api.logged.find(({ msg }) => msg === 'passkey refused') ?? {};
      expect(logged).toMatch(reason);
    });

    test.each(['AAAA', 'oA', Buffer.alloc(3000, 0x9f).toString('base64url'), 'o2Nm'])(
      'with the attestation %#, which cannot be read: is refused',
      async (attestationObject) => {
        const answer = { ...anAuthenticator().create(await beginPasskey(anna)), attestationObject };
        expectProblem(await anna.ask('post', '/api/passkeys', answer), 'passkey-refused');
      },
    );

    test('for the challenge of another session: is refused', async () => {
      const phone = openBrowser(api, 'https');
      await phone.signIn(ANNA);
      const answer = anAuthenticator().create(await beginPasskey(anna));
      expectProblem(await bert.ask('post', '/api/passkeys', answer), 'passkey-refused');
      expectProblem(await phone.ask('post', '/api/passkeys', answer), 'passkey-refused'); // another browser of the same person
      expect((await anna.ask('post', '/api/passkeys', answer)).status).toBe(201);
    });

    test('after five minutes, or a second time: is refused', async () => {
      const late = anAuthenticator().create(await beginPasskey(anna));
      api.nowMs += 300_000;
      expectProblem(await anna.ask('post', '/api/passkeys', late), 'passkey-refused');
      const answer = anAuthenticator().create(await beginPasskey(anna));
      expect((await anna.ask('post', '/api/passkeys', answer)).status).toBe(201);
      expectProblem(await anna.ask('post', '/api/passkeys', answer), 'passkey-refused');
    });

    test('that is stored already, for anybody: is a conflict', async () => {
      const authenticator = anAuthenticator();
      expect((await make(anna, {}, authenticator)).status).toBe(201);
      expectProblem(await make(anna, {}, authenticator), 'conflict');
      expectProblem(await make(bert, {}, authenticator), 'conflict');
      expect(await listOf(bert)).toEqual([]);
    });

    test('of a person with twenty: is a conflict', async () => {
      for (let count = 0; count < 20; count += 1) expect((await make(anna)).status).toBe(201);
      expectProblem(await make(anna), 'conflict');
      expect((await make(bert)).status).toBe(201);
    });
  });

  describe('making one', () => {
    const paths = ['/api/passkeys/challenges', '/api/passkeys'];

    test('with a personal key, the API token, or by the bot for a person: is forbidden', async () => {
      const { key } = NewPersonalKey.parse(
        (await bert.ask('post', '/api/keys', { name: 'x', scopes: ['watch', 'add', 'manage'] })).body,
      );
      for (const path of paths) {
        expectProblem(await ask(api, key).post(path), 'forbidden');
        expectProblem(await ask(api).post(path), 'forbidden');
      }
      const bot = createApiClient({ baseUrl: api.url, token: testKeys.bot, telegramId: 1002 });
      expect(await codeOf(bot.beginPasskey())).toBe('forbidden');
      expect(await codeOf(bot.createPasskey(anAuthenticator().create(await beginPasskey(bert))))).toBe('forbidden');
    });

    test('from a page of another site: is forbidden', async () => {
      for (const path of paths)
        expectProblem(await anna.ask('post', path, {}, { origin: 'https://evil.test' }), 'forbidden');
    });

    test('while the person is removed: leaves none', async () => {
      const id = await idOf(1001);
      const answers = await Promise.all(
        Array.from({ length: 3 }, async () => {
          const browser = openBrowser(api, 'https');
          await browser.signIn(ANNA);
          return { browser, answer: anAuthenticator().create(await beginPasskey(browser)) };
        }),
      );
      const calls = answers.map(({ browser, answer }) => browser.ask('post', '/api/passkeys', answer));
      await Promise.all([...calls, api.access.peopleService.remove(id)]);
      expect(await countRows(api.database, 'passkeys')).toBe(0);
      expect(await countRows(api.database, 'passkey_user_handles')).toBe(0);
    });
  });

  describe('a passkey', () => {
    test('can be renamed by its person only', async () => {
      const { id } = Passkey.parse((await make(anna)).body);
      expect((await anna.ask('patch', `/api/passkeys/${id}`, { name: ' Phone ' })).body).toMatchObject({
        name: 'Phone',
      });
      expectProblem(await bert.ask('patch', `/api/passkeys/${id}`, { name: 'x' }), 'not-found');
      expectProblem(await anna.ask('patch', `/api/passkeys/${id}`, { name: '' }), 'invalid-request');
      expectProblem(await anna.ask('patch', `/api/passkeys/${id}`, { name: 'x', personId: 'y' }), 'invalid-request');
      expect(await listOf(anna)).toMatchObject([{ name: 'Phone' }]);
    });

    test('of somebody else: cannot be revoked by a member, or with a key of an owner', async () => {
      const { id } = Passkey.parse((await make(bert)).body);
      expectProblem(await anna.ask('delete', `/api/passkeys/${id}`), 'not-found');
      const { key } = NewPersonalKey.parse(
        (await bert.ask('post', '/api/keys', { name: 'x', scopes: ['watch'] })).body,
      );
      expectProblem(await ask(api, key).delete(`/api/passkeys/${id}`), 'forbidden');
      expect(await listOf(bert)).toHaveLength(1);
    });

    test('that is the only way in: can be revoked by an owner, not by its person', async () => {
      const carla = { role: 'member', name: 'Carla' } as const; // without Telegram
      const { browser, passkey } = await register(api, carla);
      expectProblem(await browser.ask('delete', `/api/passkeys/${passkey.id}`), 'last-way-in');
      const second = Passkey.parse((await make(browser)).body);
      expect((await browser.ask('delete', `/api/passkeys/${passkey.id}`)).status).toBe(204);
      expect(await listOf(browser)).toEqual([second]);
      expect((await bert.ask('delete', `/api/passkeys/${second.id}`)).status).toBe(204);
    });

    test('the last one, revoked while Telegram is disconnected: one of the two stays', async () => {
      const { browser, passkey } = await register(api, ANNA);
      const answers = await Promise.all([
        browser.ask('delete', '/api/me/telegram'),
        browser.ask('delete', `/api/passkeys/${passkey.id}`),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
    });

    test('of a member: is listed and revoked by an owner, by the person', async () => {
      const { authenticator, passkey } = await register(api, ANNA);
      const path = `/api/people/${await idOf(1001)}/passkeys`;
      expect((await bert.ask('get', path)).body).toEqual({ passkeys: [passkey] });
      expectProblem(await anna.ask('get', path), 'forbidden');
      expectProblem(await bert.ask('get', '/api/people/x/passkeys'), 'not-found');
      expect((await bert.ask('delete', `/api/passkeys/${passkey.id}`)).status).toBe(204);
      expectProblem(await signInByPasskey(api, authenticator), 'passkey-refused');
      expectProblem(await bert.ask('delete', `/api/passkeys/${passkey.id}`), 'not-found');
    });
  });
});
