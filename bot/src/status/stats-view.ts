import { isAllWell, upkeepCheckNames, type CertificateStatus, type Health, type NameStatus } from '@linkcast/contracts';
import { sentenceIn, type Texts } from '@linkcast/texts';
import { escapeHtml, shorten, type MessageDraft } from '../telegram/message-draft.ts';
import { checkLabel } from './check-label.ts';

/** Names of the checks that have a section of their own. */
const OWN_SECTION: readonly string[] = Object.values(upkeepCheckNames);
/** Together they stay below the 4,096 characters of a message. */
const MAX_CHECKS = 20;
const MAX_DETAIL = 120;
const MAX_SENTENCE = 500;

type Line = string | undefined;

/** Renders the state of the parts for the owner, one fact a line. */
export function renderStats(health: Health, texts: Texts): MessageDraft {
  const words = texts.bot.stats;
  const { version, checks, name, certificate, reachability } = health;
  const isWell = isAllWell(health);
  const sections: Line[][] = [
    [bold(words.title(version)), `${tick(isWell)} ${words[isWell ? 'ok' : 'degraded']}`],
    checks
      .filter((check) => !OWN_SECTION.includes(check.name))
      .slice(0, MAX_CHECKS)
      .map((check) => checkLine(check, texts)),
    name === null ? [bold(words.name), `✗ ${escapeHtml(words.nameAway)}`] : nameLines(name, texts),
    certificate === null
      ? [bold(words.certificate), `✗ ${escapeHtml(words.certificateAway)}`]
      : certLines(certificate, texts),
    [escapeHtml(shorten(sentenceIn(reachability, texts), MAX_SENTENCE))],
  ];
  const text = sections.map((lines) => lines.filter((line) => line !== undefined).join('\n')).join('\n\n');
  return { text, keyboard: [] };
}

function checkLine({ name, ok, detail, message }: Health['checks'][number], texts: Texts): string {
  const label = checkLabel(name, texts);
  const sentence = sentenceIn({ sentence: detail, message }, texts);
  const more = sentence === '' ? '' : `: ${shorten(sentence, MAX_DETAIL)}`;
  return `${tick(ok)} ${escapeHtml(label + more)}`;
}

function nameLines({ name, state, addresses, lastError }: NameStatus, texts: Texts): Line[] {
  const words = texts.bot.stats;
  if (state === 'off') return [bold(words.name), words.nameState.off];
  return [
    bold(words.name),
    `${tick(state === 'right')} ${escapeHtml(`${name ?? ''} ${words.nameState[state]}`)}`,
    ...addresses.map((address) => addressLine(address, texts)),
    errorLine(lastError, texts),
  ];
}

function addressLine({ family, public: ours, served }: NameStatus['addresses'][number], texts: Texts): Line {
  const words = texts.bot.stats;
  if (ours === null && served.length === 0) return undefined; // many lines have no IPv6
  const address = words.address(family, ours ?? words.noAddress);
  const isServed = served.length === 1 && served[0] === ours;
  return escapeHtml(isServed ? address : `${address}, ${words.served(served)}`);
}

function certLines({ state, issuer, notAfter, lastError }: CertificateStatus, texts: Texts): Line[] {
  const words = texts.bot.stats;
  if (state === 'off') return [bold(words.certificate), words.certificateState.off];
  const facts = [
    words.certificateState[state],
    notAfter === null ? undefined : words.certificateUntil(notAfter),
    issuer === null ? undefined : `(${issuer})`,
  ];
  const isWell = state === 'valid' || state === 'due';
  const line = facts.filter((fact) => fact !== undefined).join(' ');
  return [bold(words.certificate), `${tick(isWell)} ${escapeHtml(line)}`, errorLine(lastError, texts)];
}

function errorLine(error: NameStatus['lastError'], texts: Texts): Line {
  if (error === null) return undefined;
  const sentence = shorten(sentenceIn(error, texts), MAX_SENTENCE);
  return `⚠️ ${escapeHtml(texts.bot.stats.lastError(error.at, sentence))}`;
}

function tick(isWell: boolean): string {
  return isWell ? '✓' : '✗';
}

function bold(text: string): string {
  return `<b>${escapeHtml(text)}</b>`;
}
