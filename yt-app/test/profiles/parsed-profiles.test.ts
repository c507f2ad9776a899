import { expect, test } from 'vitest';
import { parseProfiles } from '../../src/profiles/parsed-profiles.ts';

/** The faults of a text, each as `line field: fault`. */
function faultsOf(text: string): string[] {
  const parsed = parseProfiles(text);
  return 'faults' in parsed ? parsed.faults.map(({ line, field, fault }) => `${line} ${field}: ${fault}`) : [];
}

const GOOD = `
profiles:
  - hosts: [youtube.com, youtu.be]
    ways:
      - name: direct
      - name: home proxy
        proxy: socks5://someone:s3cret@10.0.0.5:1080
        extractorArguments:
          youtube:
            player_client: [default, -tv]
        impersonate: chrome
        formats: hls
        requestGap: 1.5
        attempts: 2
  - hosts: ['*']
    ways: [{ name: direct }]
`;

test('a file with all options: has profiles with defaults for the rest', () => {
  const parsed = parseProfiles(GOOD);
  expect(faultsOf(GOOD)).toEqual([]);
  expect('profiles' in parsed && parsed.profiles[0]?.ways[0]).toEqual({
    ...{ name: 'direct', cookies: false, extractorArguments: {}, formats: 'any', requestGap: 0, attempts: 1 },
  });
  expect('profiles' in parsed && parsed.profiles[0]?.ways[1]?.proxy).toBe('socks5://someone:s3cret@10.0.0.5:1080');
});

test.each(['', '\n# nothing yet\n', 'profiles: []'])('a file without profiles (%j): has none, and no fault', (text) => {
  expect(parseProfiles(text)).toEqual({ profiles: [] });
});

test('a file with many faults: lists all of them with their lines', () => {
  const text = `profiles:
  - hosts: [YouTube.com, 'a b']
    ways:
      - name: direct
        exec: rm -rf /
      - name: direct
        proxy: ftp://someone:s3cret@example.org:21
        attempts: 99
        requestGap: soon
        impersonate: netscape
        extractorArguments:
          youtube: { innertube_host: [evil.example] }
          generic: { key: [x] }
  - ways: []
`;
  const faults = faultsOf(text);
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(
    expect.arrayContaining([
      '2 profiles.0.hosts.0',
      '2 profiles.0.hosts.1',
      '5 profiles.0.ways.0.exec',
      '7 profiles.0.ways.1.proxy',
      '8 profiles.0.ways.1.attempts',
      '9 profiles.0.ways.1.requestGap',
      '10 profiles.0.ways.1.impersonate',
      '12 profiles.0.ways.1.extractorArguments.youtube.innertube_host',
      '13 profiles.0.ways.1.extractorArguments.generic',
      '14 profiles.1.hosts',
      '14 profiles.1.ways',
    ]),
  );
  expect(faults.join('\n')).not.toMatch(/s3cret|rm -rf|evil|netscape/);
});

test.each([
  ['broken YAML', 'profiles:\n  - hosts: [a.example\n    ways: x', /^\d is not YAML|^\d+ : is not YAML/],
  ['a key twice', 'profiles: []\nprofiles: []', /^2 : is not YAML \(duplicate key\)/],
  ['an alias', 'profiles: &all []\nother: *all', /aliases are not supported/],
  ['an unknown tag', 'profiles: !!js/function []', /is not YAML/],
  ['text', 'just words', /expected object/],
  ['two ways of one name', 'profiles:\n  - hosts: [a.example]\n    ways: [{ name: x }, { name: x }]', /^3 .*same name/],
  [
    'a host twice',
    'profiles:\n  - hosts: [a.example]\n    ways: [{ name: x }]\n  - hosts: [a.example]\n    ways: [{ name: x }]',
    /^4 profiles\.1\.hosts\.0: has a profile already/,
  ],
  [
    'a mark without a password',
    "profiles:\n  - hosts: [a.example]\n    ways: [{ name: x, proxy: 'http://u:•••@h:1' }]",
    /password is missing/,
  ],
  ['too many characters', ' '.repeat(100_001), /at most 100000 characters/],
])('%s: is a fault', (_name, text, expected) => {
  expect(faultsOf(text).join('\n')).toMatch(expected);
});

test.each([
  'http://example.org',
  'http://example.org:8080/path',
  'socks4://example.org:1080',
  'http://:8080',
  'example.org:8080',
  'http://example.org:8080?x',
  'http://u:%zz@example.org:8080',
  'file:///etc/passwd:1',
  'http://example.org:0',
  'http://example.org:99999',
])('the proxy %s: is a fault', (proxy) => {
  expect(faultsOf(`profiles:\n  - hosts: [a.example]\n    ways: [{ name: x, proxy: '${proxy}' }]`)).toHaveLength(1);
});
