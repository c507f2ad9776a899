import { minimalEnvironment, runProgram } from '@linkcast/kit';
import { startEgress } from '@linkcast/testing';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const MAIN = path.resolve(import.meta.dirname, '../src/main.ts');

describe('the egress process', () => {
  it('started with several invalid settings: lists all faults and exits with 78', async () => {
    const { outcome } = await runProgram({
      file: process.execPath,
      args: [MAIN],
      env: minimalEnvironment('/tmp', { EGRESS_KEY: 'short', OWN_ADDRESSES: '300.1.1.1', PORT: 'x' }),
      wallSeconds: 20,
    });
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: 78 });
    const { stderrTail } = outcome as { stderrTail: string }; // of a program that failed
    for (const name of ['EGRESS_KEY', 'OWN_ADDRESSES', 'PORT']) expect(stderrTail).toContain(`${name}: `);
  });

  it('in use: answers /usage, and logs neither its key nor a ticket', async () => {
    const egress = await startEgress();
    const { username, password } = new URL(egress.proxyUrl('job1'));
    const headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
    const usage = await fetch(`${egress.url}/usage`, { headers });
    expect(await usage.json()).toEqual({ bytes: 0, refusedHost: null, isOverLimit: false });
    await egress.close();
    expect(egress.log()).toContain('"listening"');
    for (const secret of [egress.key, password, username]) expect(egress.log()).not.toContain(secret);
  });
});
