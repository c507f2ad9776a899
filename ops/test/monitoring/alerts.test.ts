import { runProgram } from '@linkcast/kit';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALSO, FIRING, HEALTHY } from './alert-cases.ts';

const RULES = path.resolve(import.meta.dirname, '../../monitoring/alerts.yml');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-alerts-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function promtool(...args: string[]): Promise<{ isGood: boolean; output: string }> {
  const said: string[] = [];
  const { outcome, stdout } = await runProgram({
    file: 'promtool',
    args,
    env: { PATH: '/usr/bin:/bin' },
    wallSeconds: 60,
    onStderrLine: (line) => {
      said.push(line);
      return false;
    },
  });
  return { isGood: outcome.kind === 'finished', output: [stdout, ...said].join('\n') };
}

/** A test of the rules: exactly these alerts fire after four hours. */
function ruleTest(name: string, changes: Readonly<Record<string, string | null>>, alerts: readonly string[]): object {
  const values = Object.entries({ ...HEALTHY, ...changes }).filter(([, value]) => value !== null);
  return {
    name,
    interval: '1m',
    input_series: values.map(([series, value]) => ({ series, values: value })),
    promql_expr_test: [
      {
        expr: 'count by(alertname) (ALERTS{alertstate="firing"})',
        eval_time: '4h',
        exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
      },
    ],
  };
}

async function checkRules(tests: readonly object[]): Promise<{ isGood: boolean; output: string }> {
  const file = path.join(folder, 'test.yml');
  await writeFile(file, JSON.stringify({ rule_files: [RULES], evaluation_interval: '1m', tests })); // JSON is YAML
  return promtool('test', 'rules', file);
}

test('the alert rules: are accepted by promtool', async () => {
  expect(await promtool('check', 'rules', RULES)).toMatchObject({ isGood: true });
});

test('the cases: cover every alert', async () => {
  const names = [...(await readFile(RULES, 'utf8')).matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  expect(Object.keys(FIRING)).toEqual(names);
});

test('an installation that is well: fires no alert', async () => {
  expect((await checkRules([ruleTest('well', {}, [])])).output).toContain('SUCCESS');
});

test('each fault: fires its alert, and no other', { timeout: 90_000 }, async () => {
  const tests = Object.entries(FIRING).map(([alert, changes]) =>
    ruleTest(alert, changes, [alert, ...(ALSO[alert] ?? [])]),
  );
  expect((await checkRules(tests)).output).toContain('SUCCESS');
});

test('a case that expects another alert: is refused, so that the tests can fail', async () => {
  expect(await checkRules([ruleTest('wrong', FIRING['LinkcastDown'] ?? {}, ['LinkcastSlow'])])).toMatchObject({
    isGood: false,
  });
});
