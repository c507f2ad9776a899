import { expect, test } from 'vitest';
import { readAddressCredentials } from '../../src/sign-in/address-credentials.ts';

test.each([
  ['/sign-in', '#abcd-efgh-jkmn', { code: 'abcd-efgh-jkmn' }],
  ['/sign-in', '', undefined],
  ['/sign-in', '#content', undefined],
  ['/watch/x', '#abcd-efgh-jkmn', undefined],
  ['/', '#content', undefined],
  ['/radio', '#tgWebAppData=user%3D%257B%257D%26hash%3Dab&tgWebAppVersion=8.0', { initData: 'user=%7B%7D&hash=ab' }],
  ['/', '#tgWebAppData=&tgWebAppVersion=8.0', undefined],
])('the address %s%s: has the credentials %j', (pathname, hash, credentials) => {
  expect(readAddressCredentials({ pathname, hash })).toEqual(credentials);
});
