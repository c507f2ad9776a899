import { findFreePort, startPostgres, type PostgresServer } from '@linkcast/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalStack } from '../../support/local-stack.ts';
import { liveTogether } from '../../support/household.ts';
import { testScenarios } from '../../support/scenarios.ts';
import type { Stack } from '../../support/stack.ts';

describe.each(['SQLite', 'PostgreSQL'])('make local with %s', (database) => {
  let stack: Stack;
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    if (database === 'PostgreSQL') server = await startPostgres();
    const settings: Record<string, string> = server ? { DATABASE_URL: await server.createDatabase() } : {};
    stack = await startLocalStack({ httpPort: await findFreePort(), httpsPort: await findFreePort(), settings });
  });
  afterAll(async () => {
    await stack.close();
    await server?.close();
  });

  testScenarios(() => stack);

  test('a household of five: invited, each with what is theirs; one with a passkey only, one over their limit, one removed', () =>
    liveTogether(stack));

  test('the log: contains no secret', async () => {
    const log = await stack.log();
    expect(log).not.toContain(stack.telegram.token);
    expect(log).not.toMatch(/[Bb]earer [A-Za-z0-9]/);
    expect(log).not.toMatch(/\/s\/[\w-]{22}/); // share tokens
    const printed = log.split(stack.signInLink).length - 1; // make local prints it, nobody else
    expect(log.match(/sign-in#/g)).toHaveLength(printed);
  });
});
