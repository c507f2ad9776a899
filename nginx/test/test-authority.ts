import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate authority of our own, made by openssl. */
export interface TestAuthority {
  /** Its certificate, for those who trust it. */
  readonly file: string;
  /** A pair as certbot's keeper writes it: key, certificate, authority. */
  issue(name: string, options?: IssueOptions): Promise<string>;
}

interface IssueOptions {
  /** How long it is good; 0: it has expired. Default 90. */
  readonly days?: number;
  /** What `openssl req` makes a key by. Default: P-256. */
  readonly key?: readonly string[];
}

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes an authority whose files lie in the directory. */
export async function createTestAuthority(directory: string): Promise<TestAuthority> {
  const at = (file: string) => path.join(directory, file);
  const [caKey, caFile] = [at('authority.key'), at('authority.pem')];
  const subject = ['-subj', '/O=Test/CN=Test authority'];
  await run('openssl', ['req', '-x509', ...EC_KEY, ...subject, '-days', '90', '-keyout', caKey, '-out', caFile]);

  return {
    file: caFile,
    issue: async (name, { days = 90, key: keyOptions = EC_KEY } = {}) => {
      const [key, request, extensions, certificate] = ['leaf.key', 'leaf.csr', 'leaf.cnf', 'leaf.pem'].map(at) as [
        string,
        string,
        string,
        string,
      ]; // as many as there are names
      await writeFile(extensions, leafExtensions(name));
      await run('openssl', ['req', ...keyOptions, '-subj', `/CN=${name}`, '-keyout', key, '-out', request]);
      const signing = ['-CA', caFile, '-CAkey', caKey, '-days', String(days), '-extfile', extensions];
      await run('openssl', ['x509', '-req', '-in', request, ...signing, '-out', certificate]);
      return (await Promise.all([key, certificate, caFile].map((file) => readFile(file, 'utf8')))).join('');
    },
  };
}

/** As the certificates of public authorities have them. */
function leafExtensions(name: string): string {
  const lines = [
    `subjectAltName=DNS:${name}`,
    'extendedKeyUsage=serverAuth',
    'keyUsage=digitalSignature',
    'crlDistributionPoints=URI:http://authority.linkcast.test/list.crl',
  ];
  return `${lines.join('\n')}\n`;
}
