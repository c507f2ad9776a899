import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate authority of our own, made by openssl. */
export interface TestAuthority {
  /** Its certificate, for those who trust it. */
  readonly file: string;
  /** A pair as certbot's keeper writes it: key, certificate, authority. Good for so many days; 0: not at all. */
  issue(name: string, days?: number): Promise<string>;
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
    issue: async (name, days = 90) => {
      const [key, request, extensions, certificate] = ['leaf.key', 'leaf.csr', 'leaf.cnf', 'leaf.pem'].map(at) as [
        string,
        string,
        string,
        string,
      ]; // as many as there are names
      await writeFile(
        extensions,
        `subjectAltName=DNS:${name}\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\n`,
      );
      await run('openssl', ['req', ...EC_KEY, '-subj', `/CN=${name}`, '-keyout', key, '-out', request]);
      const signing = ['-CA', caFile, '-CAkey', caKey, '-days', String(days), '-extfile', extensions];
      await run('openssl', ['x509', '-req', '-in', request, ...signing, '-out', certificate]);
      return (await Promise.all([key, certificate, caFile].map((file) => readFile(file, 'utf8')))).join('');
    },
  };
}
