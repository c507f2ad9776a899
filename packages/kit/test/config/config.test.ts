import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadConfig, type Environment } from '../../src/config/config.ts';
import {
  byteSize,
  durationSeconds,
  hostPortList,
  listOf,
  percentage,
  port,
  userIdList,
} from '../../src/config/settings.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const Settings = z.object({
  PORT: port().default(5000),
  API_TOKEN: z.string().min(6, 'must have 6 characters').optional(),
  MAX_SIZE: byteSize().prefault('8G'),
});

function faultsOf(env: Environment): readonly string[] {
  try {
    loadConfig(Settings, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('an empty environment: gives the defaults', () => {
    expect(loadConfig(Settings, {})).toEqual({ PORT: 5000, MAX_SIZE: 8e9 });
  });

  it('empty and blank values: count as unset', () => {
    expect(loadConfig(Settings, { PORT: '', API_TOKEN: '  ' })).toEqual({ PORT: 5000, MAX_SIZE: 8e9 });
  });

  it('a value in NAME_FILE: is read without surrounding white space', async () => {
    const file = path.join(await temporaryFolder(), 'token');
    await writeFile(file, 'secret-token\n');
    expect(loadConfig(Settings, { API_TOKEN_FILE: file }).API_TOKEN).toBe('secret-token');
  });

  it('an empty NAME_FILE: counts as unset', async () => {
    const file = path.join(await temporaryFolder(), 'token');
    await writeFile(file, '\n');
    expect(loadConfig(Settings, { API_TOKEN_FILE: file }).API_TOKEN).toBeUndefined();
  });

  it('NAME and NAME_FILE together: are a fault', () => {
    expect(faultsOf({ API_TOKEN: 'secret', API_TOKEN_FILE: '/x' })).toEqual([
      'API_TOKEN: set either API_TOKEN or API_TOKEN_FILE, not both',
    ]);
  });

  it('a NAME_FILE that does not exist: is a fault with its path and reason', () => {
    expect(faultsOf({ PORT_FILE: '/nowhere/port' })).toEqual(['PORT_FILE: /nowhere/port cannot be read (ENOENT)']);
  });

  it('several faults: are listed together, without the values', () => {
    const faults = faultsOf({ PORT: 'eighty', API_TOKEN: 'abc', MAX_SIZE: 'big', API_TOKEN_FILE: '' });
    expect(faults).toEqual([
      'PORT: must be a port number',
      'API_TOKEN: must have 6 characters',
      'MAX_SIZE: must be a size such as 8G, 500M or 20000000',
    ]);
    expect(new ConfigError(faults).message).toMatch(/^3 faults in the configuration:\n {2}PORT/);
  });

  it('an unknown variable: is ignored', () => {
    expect(loadConfig(Settings, { HOME: '/root' })).not.toHaveProperty('HOME');
  });
});

describe('settings', () => {
  it.each([
    [byteSize(), '500M', 5e8],
    [byteSize(), '1.5 G', 15e8],
    [byteSize(), '1000', 1000],
    [durationSeconds(), '6h', 21_600],
    [durationSeconds(), '90m', 5400],
    [durationSeconds(), '45', 45],
    [percentage(), '90%', 0.9],
    [percentage(), '100', 1],
    [port(), '0', 0],
    [hostPortList(), 'NAS.lan:8080, 127.0.0.1:9000 [::1]:80', ['nas.lan:8080', '127.0.0.1:9000', '[::1]:80']],
    [userIdList(), '12, 34', [12, 34]],
    [listOf((entry) => entry.startsWith('x'), 'must begin with x'), 'x1, x2 x3', ['x1', 'x2', 'x3']],
  ] as const)('%#: %s %j: becomes %j', (schema, text, value) => {
    expect(schema.parse(text)).toEqual(value);
  });

  it.each([
    [byteSize(), '8 gigs'],
    [byteSize(), '0'],
    [byteSize(), '-1G'],
    [durationSeconds(), '6 hours'],
    [listOf((entry) => entry.startsWith('x'), 'must begin with x'), 'x1, y2'],
    [listOf(() => true, 'must have an entry'), ' , '],
    [percentage(), '0%'],
    [percentage(), '101%'],
    [port(), '65536'],
    [port(), '1.5'],
    [hostPortList(), 'nas.lan'],
    [hostPortList(), 'http://nas.lan:80'],
    [userIdList(), '@somebody'],
    [userIdList(), '0'],
  ] as const)('%#: %s %j: is a fault', (schema, text) => {
    expect(schema.safeParse(text).success).toBe(false);
  });
});
