import { Health, texts } from '@linkcast/contracts';
import http from 'node:http';
import https from 'node:https';
import { json } from 'node:stream/consumers';
import { askForBot } from '../telegram-bot.ts';
import { bad, note, ok, type Finding } from './finding.ts';

const say = texts.ops.doctor;
const TIMEOUT_MS = 5000;

export interface EdgeAddress {
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly domainName: string | undefined;
}

/** Asks the running stack how it is, through nginx; undefined when none runs. */
export async function askHealth({ httpPort, httpsPort, domainName }: EdgeAddress): Promise<Health | undefined> {
  const common = { host: '127.0.0.1', path: '/api/health', timeout: TIMEOUT_MS };
  const request =
    domainName === undefined
      ? http.request({ ...common, port: httpPort, headers: { host: `localhost:${httpPort}` } })
      : https.request({
          ...common,
          port: httpsPort,
          headers: { host: domainName },
          servername: domainName,
          rejectUnauthorized: false, // on loopback, and perhaps self-signed
        });
  try {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).once('error', reject);
      request.once('timeout', () => request.destroy(new Error('no answer in time')));
      request.end();
    });
    return Health.parse(await json(response));
  } catch {
    return undefined; // nobody there, or not Linkcast
  }
}

export function checkStack(health: Health | undefined): Finding[] {
  const subject = say.checks.stack;
  if (health === undefined) return [note(subject, say.stackDown)];
  const ill = health.checks.filter((check) => !check.ok);
  if (ill.length === 0) return [ok(subject, say.stackUp)];
  return ill.map(({ name, detail }) => bad(subject, `${name}: ${detail}`, say.lookAtLogs));
}

export async function checkTelegram(apiRoot: string, token: string | undefined): Promise<Finding> {
  const subject = say.checks.telegram;
  if (token === undefined) return note(subject, say.noToken);
  const state = await askForBot(apiRoot, token);
  if (state.kind === 'works') return ok(subject, say.tokenWorks(state.username));
  if (state.kind === 'refused') return bad(subject, say.tokenRefused, say.newToken);
  return bad(subject, say.telegramAway, say.fixTelegram);
}
