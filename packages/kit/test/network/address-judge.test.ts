import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInBlock, isPublicAddress, normalizeAddress } from '../../src/network/address-judge.ts';

const PUBLIC = [
  ...[
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '100.128.0.0',
  ],
  ...['2606:4700:4700::1111', '2a00:1450:4001:80f::200e', '::ffff:8.8.8.8', '64:ff9b::808:808'],
];
const PRIVATE = {
  'this network': ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.255', '::1'],
  'private use': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', 'fc00::1', 'fd12:3456::1', 'fec0::1'],
  'link-local and metadata': ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254'],
  'carrier NAT': ['100.64.0.1', '100.127.255.255'],
  'multicast, broadcast, reserved': ['224.0.0.1', '239.255.255.250', '255.255.255.255', '240.0.0.1', 'ff02::1'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  benchmarking: ['198.18.0.1', '2001:2::1'],
  'IPv4 inside IPv6': [
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '::7f00:1', '::ffff:0:7f00:1', '::10.0.0.1'],
    ...['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b:1::7f00:1', '64:ff9b:1::808:808'],
    ...['2002:7f00:1::', '2002:c0a8:1::1', '2001:0:4136:e378:8000:63bf:80ff:fffe'],
  ],
  'outside the public block': ['4000::1', '100::1', '5f00::1', 'e000::1'],
  'no address': [
    '',
    'localhost',
    'example.com',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '1.2.3',
    '1.2.3.4/8',
  ],
};

describe('isPublicAddress', () => {
  it.each(PUBLIC)('%s: is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  for (const [kind, addresses] of Object.entries(PRIVATE))
    it.each(addresses)(`${kind}: %s: is not public`, (address) => {
      expect(isPublicAddress(address)).toBe(false);
    });

  it('an IPv4 address within IPv6: is judged as the IPv4 address', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const verdict = isPublicAddress(address);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(verdict);
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(verdict);
        expect(isPublicAddress(`::${address}`)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('any text: gives a boolean without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV6()), (text) => {
        expect(typeof isPublicAddress(text)).toBe('boolean');
      }),
    );
  });

  it('addresses judged public: are global for Python too', () => {
    const addresses = fc.sample(fc.oneof(fc.ipV4(), globalIpV6(), nearEdges()), { numRuns: 5000, seed: 42 });
    const ours = addresses.filter(isPublicAddress);
    expect(ours.length).toBeGreaterThan(1000);
    expect(notGlobalInPython(ours)).toEqual([]);
  });
});

describe('normalizeAddress', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['64:ff9b::203.0.113.7', '203.0.113.7'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['0x7f.1', undefined],
    ['example.com', undefined],
  ])('%s: becomes %s', (text, normal) => {
    expect(normalizeAddress(text)).toBe(normal);
  });
});

describe('isInBlock', () => {
  it.each([
    ['203.0.113.7', '203.0.113.0/24', true],
    ['::ffff:203.0.113.7', '203.0.113.0/24', true],
    ['64:ff9b::203.0.113.7', '203.0.113.0/24', true],
    ['203.0.114.7', '203.0.113.0/24', false],
    ['2a01:4f8::1', '2a01:4f8::/64', true],
    ['2a01:4f8:0:1::1', '2a01:4f8::/64', false],
    ['2a01:4f8::1', '203.0.113.0/24', false],
    ['203.0.113.7', '203.0.113.7', false],
    ['no address', '203.0.113.0/24', false],
  ])('%s in %s: %s', (address, block, isIn) => {
    expect(isInBlock(address, block)).toBe(isIn);
  });
});

function globalIpV6(): fc.Arbitrary<string> {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
  return fc
    .tuple(fc.integer({ min: 0x2000, max: 0x3fff }), fc.array(group, { minLength: 7, maxLength: 7 }))
    .map(([first, rest]) => [first.toString(16), ...rest].join(':'));
}

/** Addresses around the edges of the special blocks, where mistakes are. */
function nearEdges(): fc.Arbitrary<string> {
  const edges = [
    '10.0.0.0',
    '100.64.0.0',
    '127.0.0.0',
    '169.254.0.0',
    '172.16.0.0',
    '192.168.0.0',
    '198.18.0.0',
    '224.0.0.0',
  ];
  const asNumber = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const asText = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
  return fc
    .tuple(fc.constantFrom(...edges), fc.integer({ min: -2, max: 2 }))
    .map(([edge, offset]) => asText(asNumber(edge) + offset));
}

/** Debian's python3 is there wherever yt-dlp runs. */
function notGlobalInPython(addresses: readonly string[]): unknown {
  const script =
    'import ipaddress, json, sys; print(json.dumps([a for a in json.load(sys.stdin) if not ipaddress.ip_address(a).is_global]))';
  return JSON.parse(execFileSync('python3', ['-c', script], { input: JSON.stringify(addresses), encoding: 'utf8' }));
}
