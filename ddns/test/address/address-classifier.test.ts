import { expect, test } from 'vitest';
import { createAddressClassifier } from '../../src/address/address-classifier.ts';

const classify = createAddressClassifier();

test.each([
  ['8.8.4.4', 'global'],
  ['2600::1', 'global'],
  ['100.64.0.1', 'carrier-nat'],
  ['100.127.255.255', 'carrier-nat'],
  ['10.1.2.3', 'not-public'],
  ['172.16.0.1', 'not-public'],
  ['192.168.1.1', 'not-public'],
  ['127.0.0.1', 'not-public'],
  ['169.254.1.1', 'not-public'],
  ['192.0.2.1', 'not-public'],
  ['198.51.100.7', 'not-public'],
  ['203.0.113.9', 'not-public'],
  ['198.18.0.1', 'not-public'],
  ['224.0.0.1', 'not-public'],
  ['255.255.255.255', 'not-public'],
  ['0.0.0.0', 'not-public'],
  ['::1', 'not-public'],
  ['fe80::1', 'not-public'],
  ['fd00::1', 'not-public'],
  ['2001:db8::1', 'not-public'],
  ['64:ff9b::808:404', 'not-public'],
  ['::ffff:8.8.4.4', 'not-public'],
  ['ff02::1', 'not-public'],
  ['4000::1', 'not-public'],
  ['8.8', 'not-public'],
])('the address %s: is %s', (address, kind) => {
  expect(classify(address)).toBe(kind);
});

test('an address in an allowed range: is global', () => {
  expect(createAddressClassifier(['100.64.0.0/10'])('100.72.1.9')).toBe('global');
});
