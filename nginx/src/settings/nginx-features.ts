import { minimalEnvironment, runProgram } from '@linkcast/kit';

/** What the installed nginx can do; older ones would refuse the directives for it. */
export interface NginxFeatures {
  /** Does it know `http2 on` (1.25.1)? Older ones take it as a word of `listen`. */
  readonly http2Directive: boolean;
  /** Was it built with HTTP/3? */
  readonly http3: boolean;
  /** Does its OpenSSL (3.5) know the key exchange that a quantum computer would not break? */
  readonly hybridKeyExchange: boolean;
}

/** Asks the installed nginx. @throws when there is none. */
export async function readNginxFeatures(directory: string): Promise<NginxFeatures> {
  const lines: string[] = [];
  const { outcome } = await runProgram({
    file: 'nginx',
    args: ['-V'],
    env: minimalEnvironment(directory),
    wallSeconds: 10,
    onStderrLine: (line) => {
      lines.push(line);
      return false;
    },
  });
  const features = parseNginxFeatures(lines.join('\n'));
  if (outcome.kind !== 'finished' || !features) throw new Error('nginx is not installed', { cause: outcome });
  return features;
}

/** Reads what `nginx -V` prints; undefined when it is something else. */
export function parseNginxFeatures(text: string): NginxFeatures | undefined {
  const nginx = /nginx version: nginx\/([\d.]+)/.exec(text)?.[1];
  if (nginx === undefined) return undefined;
  // "built with OpenSSL 3.5.6 … (running with OpenSSL 3.5.7 …)": both have to know it
  const libraries = [...text.matchAll(/OpenSSL ([\d.]+)/g)].map((match) => match[1] ?? '');
  return {
    http2Directive: isAtLeast(nginx, [1, 25, 1]),
    http3: text.includes('--with-http_v3_module'),
    hybridKeyExchange: libraries.length > 0 && libraries.every((version) => isAtLeast(version, [3, 5, 0])),
  };
}

function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const index = wanted.findIndex((number, place) => (parts[place] ?? 0) !== number);
  return index === -1 || (parts[index] ?? 0) > (wanted[index] ?? 0);
}
