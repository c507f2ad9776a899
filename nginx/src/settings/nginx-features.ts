import { minimalEnvironment, runProgram } from '@linkcast/kit';

/** Features of the installed nginx. A version without one of them refuses its directives. */
export interface NginxFeatures {
  /** It has the directive `http2` (1.25.1). Older versions take `http2` as a parameter of `listen`. */
  readonly http2Directive: boolean;
  /** It was built with HTTP/3. */
  readonly http3: boolean;
  /** Its OpenSSL (3.5) supports X25519MLKEM768, the key exchange that resists quantum computers. */
  readonly hybridKeyExchange: boolean;
}

/** Runs `nginx -V`. @throws when nginx is not installed. */
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

/** Parses the output of `nginx -V`; undefined when it is something else. */
export function parseNginxFeatures(text: string): NginxFeatures | undefined {
  const nginx = /nginx version: nginx\/([\d.]+)/.exec(text)?.[1];
  if (nginx === undefined) return undefined;
  // "built with OpenSSL 3.5.6 … (running with OpenSSL 3.5.7 …)": both must support it
  const libraries = [...text.matchAll(/OpenSSL ([\d.]+)/g)].map((match) => match[1] ?? '');
  return {
    http2Directive: isAtLeast(nginx, [1, 25, 1]),
    http3: text.includes('--with-http_v3_module'),
    hybridKeyExchange: libraries.length > 0 && libraries.every((version) => isAtLeast(version, [3, 5, 0])),
  };
}

function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const index = wanted.findIndex((number, position) => (parts[position] ?? 0) !== number);
  return index === -1 || (parts[index] ?? 0) > (wanted[index] ?? 0);
}
