import Ajv from 'ajv';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const SCRIPT = path.resolve(import.meta.dirname, '../../sbom.sh');
/** The schema of CycloneDX 1.5 and the two that it uses, as the project publishes them (Apache-2.0). */
const SCHEMAS = ['bom-1.5', 'jsf-0.82', 'spdx'];

interface Bill {
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes?: readonly { readonly alg: string }[];
    readonly licenses?: readonly unknown[];
  }[];
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-sbom-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(...workspaces: string[]): Promise<Bill> {
  const file = path.join(folder, 'sbom.json');
  await run(SCRIPT, [file, ...workspaces]);
  return JSON.parse(await readFile(file, 'utf8')) as Bill; // the schema is checked below
}

async function faultsOf(bill: unknown): Promise<unknown> {
  const ajv = new Ajv({ unknownFormats: 'ignore', logger: false });
  const schemas = await Promise.all(
    SCHEMAS.map(async (name) => {
      const file = `${name}.SNAPSHOT.schema.json`;
      const schema = JSON.parse(await readFile(path.join(import.meta.dirname, 'cyclonedx', file), 'utf8')) as object;
      return { ...schema, $id: `http://cyclonedx.org/schema/${file}` }; // the address that they refer to each other by
    }),
  );
  ajv.addSchema(schemas);
  await ajv.validate('http://cyclonedx.org/schema/bom-1.5.SNAPSHOT.schema.json', bill);
  return ajv.errors ?? [];
}

/** The npm of Debian 13 has no `npm sbom`. The images have, and compose.test.ts reads theirs. */
const hasNpmSbom = Number.parseInt(execFileSync('npm', ['--version'], { encoding: 'utf8' }), 10) >= 10;

describe.runIf(hasNpmSbom)('sbom.sh', () => {
  test('the bill of all workspaces: is valid CycloneDX 1.5, with checksum and licence of the packages', async () => {
    const bill = await write();
    expect(await faultsOf(bill)).toEqual([]);
    expect(bill).toMatchObject({ specVersion: '1.5', metadata: { component: { name: 'linkcast' } } });
    for (const name of ['express', 'telegraf', 'zod', 'hls.js', 'better-sqlite3', 'deno']) {
      const found = bill.components.find((component) => component.name === name);
      expect(found, name).toMatchObject({ purl: `pkg:npm/${name}@${found?.version}`, hashes: [{ alg: 'SHA-512' }] });
      expect(found?.licenses, name).toHaveLength(1);
    }
  });

  test('a bill that lacks a version, or names a licence that SPDX does not have: is refused by the schema', async () => {
    const bill = await write('ddns');
    expect(await faultsOf({ ...bill, specVersion: undefined })).not.toEqual([]);
    const unknown = { type: 'library', name: 'a', version: '1', licenses: [{ license: { id: 'MTI' } }] };
    expect(await faultsOf({ ...bill, components: [unknown] })).not.toEqual([]);
  });

  test('the bill of one part: has what it needs, and neither packages of others nor of development', async () => {
    const { components } = await write('bot');
    const names = components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['telegraf', 'zod', 'better-sqlite3', 'pino']));
    for (const name of ['express', 'hls.js', 'vitest', 'typescript', 'knip']) expect(names).not.toContain(name);
  });
});
