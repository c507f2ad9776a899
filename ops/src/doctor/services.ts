import { Health, upkeepCheckNames, type Notice } from '@linkcast/contracts';
import type { DoctorTexts, Language } from '@linkcast/texts';
import http from 'node:http';
import { json } from 'node:stream/consumers';
import { askForBot } from '../telegram-bot.ts';
import { bad, note, ok, type Finding } from './finding.ts';

const TIMEOUT_MS = 5000;

export interface RunningStack {
  /** The address of nginx on this machine. */
  readonly address: string;
  readonly httpPort: number;
  readonly apiToken: string | undefined;
  /** The language of the sentences in the answer. */
  readonly language: Language;
}

/** Requests the health of the running stack, through nginx as `localhost`; undefined when none runs. */
export async function askHealth({ address, httpPort, apiToken, language }: RunningStack): Promise<Health | undefined> {
  if (apiToken === undefined) return undefined;
  const headers = { host: `localhost:${httpPort}`, authorization: `Bearer ${apiToken}`, 'accept-language': language };
  const request = http.request({ host: address, port: httpPort, path: '/api/health', timeout: TIMEOUT_MS, headers });
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

/** The state of the parts and the notices as the running stack reports them; name, certificate and reachability also when they are well. */
export function checkStack(health: Health | undefined, say: DoctorTexts): Finding[] {
  const subject = say.checks.stack;
  const advice = upkeepAdvice(say);
  if (health === undefined) return [note(subject, say.stackDown)];
  const upkeep = health.checks.filter(({ name }) => Object.hasOwn(advice, name));
  const ill = health.checks.filter((check) => !check.ok && !upkeep.includes(check));
  return [
    ...(ill.length === 0 ? [ok(subject, say.stackUp)] : []),
    ...ill.map(({ name, detail }) => bad(subject, `${name}: ${detail}`, say.readLogs)),
    ...upkeep.map(({ name, ok: isWell, detail }) => (isWell ? ok(name, detail) : bad(name, detail, advice[name]))),
    ...(upkeep.length === 0 ? [note(upkeepCheckNames.reachable, health.reachability.sentence)] : []),
    ...health.notices.map((notice) => noticeFinding(notice, say)),
  ];
}

function noticeFinding({ severity, sentence, action }: Notice, say: DoctorTexts): Finding {
  return {
    subject: say.checks.notice,
    state: severity === 'critical' ? 'bad' : 'note',
    detail: sentence,
    ...(action && { advice: action.sentence }),
  };
}

function upkeepAdvice(say: DoctorTexts): Readonly<Record<string, string | undefined>> {
  return {
    [upkeepCheckNames.name]: say.fixName,
    [upkeepCheckNames.certificate]: say.fixCertificate,
    [upkeepCheckNames.reachable]: undefined, // its sentence says what to do at the router
  };
}

/** Checks that Telegram accepts the token. */
export async function checkTelegram(apiRoot: string, token: string | undefined, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.telegram;
  if (token === undefined) return note(subject, say.noToken);
  const state = await askForBot(apiRoot, token);
  if (state.kind === 'works') return ok(subject, say.tokenWorks(state.username));
  if (state.kind === 'refused') return bad(subject, say.tokenRefused, say.newToken);
  return bad(subject, say.telegramAway, say.fixTelegram);
}
