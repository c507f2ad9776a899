import { findFreePort, startYtApp, until, type YtAppProcess } from '@linkcast/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

const MONITORING = path.resolve(import.meta.dirname, '../../monitoring');
const Dashboard = z.object({
  schemaVersion: z.number(),
  panels: z.array(z.object({ id: z.number(), title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});
const Result = z.object({ status: z.string(), data: z.object({ result: z.array(z.unknown()) }) });
const Rules = z.object({
  data: z.object({ groups: z.array(z.object({ rules: z.array(z.object({ name: z.string(), health: z.string() })) })) }),
});

let service: YtAppProcess;
let folder: string;
let prometheus: ChildProcess;
let url: string;
let dashboard: z.infer<typeof Dashboard>;

beforeAll(async () => {
  service = await startYtApp({ BACKUP_DIR: os.tmpdir() });
  folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-prometheus-'));
  dashboard = Dashboard.parse(JSON.parse(await readFile(path.join(MONITORING, 'grafana-dashboard.json'), 'utf8')));
  url = await startPrometheus();
});
afterAll(async () => {
  if (prometheus.exitCode === null) {
    prometheus.kill('SIGTERM');
    await once(prometheus, 'exit');
  }
  await service.close();
  await rm(folder, { recursive: true });
});

/** Starts Prometheus with the example configuration; only the address and the interval are other ones. */
async function startPrometheus(): Promise<string> {
  const example = await readFile(path.join(MONITORING, 'prometheus.yml'), 'utf8');
  const config = example
    .replace('scheme: https', 'scheme: http')
    .replace('media.example.org:443', new URL(service.url).host)
    .replaceAll('30s', '1s');
  await writeFile(path.join(folder, 'prometheus.yml'), config);
  await writeFile(path.join(folder, 'alerts.yml'), await readFile(path.join(MONITORING, 'alerts.yml')));
  const { key } = await service.api.createKey({ name: 'prometheus', scopes: ['manage'] });
  await writeFile(path.join(folder, 'linkcast-key'), key, { mode: 0o600 });
  const listen = `127.0.0.1:${await findFreePort()}`;
  prometheus = spawn(
    'prometheus',
    [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  return `http://${listen}`;
}

async function query(expression: string): Promise<z.infer<typeof Result>> {
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
  return Result.parse(await response.json());
}

/** The names of metrics in expressions. */
function metricNames(text: string): string[] {
  return [...new Set(text.match(/\b(?:linkcast|http|process|nodejs)_[a-z0-9_]+\b/g))];
}

describe('a Prometheus with the example configuration and the personal key of an owner', () => {
  test('scrapes the real API', async () => {
    await until(async () => (await query('up{job="linkcast"} == 1').catch(() => undefined))?.data.result.length, 30);
    expect((await query('linkcast_workers')).data.result).toHaveLength(1);
  });

  test('evaluates every rule', async () => {
    const rules = await until(async () => {
      const answer = Rules.parse(await (await fetch(`${url}/api/v1/rules`)).json());
      const all = answer.data.groups.flatMap((group) => group.rules);
      return all.every(({ health }) => health !== 'unknown') && all;
    }, 60);
    expect(rules.length).toBeGreaterThan(15);
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  test('evaluates every panel of the dashboard', async () => {
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    for (const { title, targets } of dashboard.panels)
      for (const { expr } of targets)
        expect([title, (await query(expr.replaceAll('$instance', '.*'))).status]).toEqual([title, 'success']);
  });
});

test('every metric of the dashboard and of the rules: is in the answer of the real API', async () => {
  const { texts } = await readMetrics();
  const rules = await readFile(path.join(MONITORING, 'alerts.yml'), 'utf8');
  const used = metricNames(
    rules + dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join(' '),
  );
  const known = new Set(
    [...texts.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name = '', type]) => namesOf(name, type)),
  );
  expect(used.length).toBeGreaterThan(20);
  expect(used.filter((name) => !known.has(name))).toEqual([]);
});

test('the answer: has no secret, no name of a person and no link', async () => {
  const secret = 'canary-title';
  await service.api.createJob({ url: `http://127.0.0.1:1/${secret}`, type: 'video' }).catch(() => undefined);
  const { texts, key } = await readMetrics();
  expect(texts).not.toContain(secret);
  expect(texts).not.toContain(key);
  expect(texts).not.toContain(service.token);
  expect(texts).not.toMatch(/lck_|https?:\/\//);
});

function namesOf(name: string, type: string | undefined): string[] {
  return type === 'histogram' ? ['_bucket', '_count', '_sum'].map((end) => name + end) : [name];
}

async function readMetrics(): Promise<{ texts: string; key: string }> {
  const key = await readFile(path.join(folder, 'linkcast-key'), 'utf8');
  const response = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${key}` } });
  expect(response.status).toBe(200);
  return { texts: await response.text(), key };
}
