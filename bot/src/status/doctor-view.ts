import type { Diagnosis, Finding } from '@linkcast/contracts';
import { sentenceIn, type Texts } from '@linkcast/texts';
import { escapeHtml, shorten, type MessageDraft } from '../telegram/message-draft.ts';
import { checkLabel } from './check-label.ts';

const SIGNS: Readonly<Record<Finding['state'], string>> = { bad: '✗', note: '–', ok: '✓' };
const ORDER = ['bad', 'note', 'ok'] as const satisfies Finding['state'][];
const MAX_SENTENCE = 400;
/** Below the 4,096 of a message, with the title. */
const MAX_CHARACTERS = 3800;

/** Renders a diagnosis: faults first, each with what to do below it. */
export function renderDoctor({ version, findings }: Diagnosis, texts: Texts): MessageDraft {
  const words = texts.bot.doctor;
  const faults = findings.filter(({ state }) => state === 'bad').length;
  const title = `<b>${escapeHtml(words.title(version))}</b>`;
  const result = escapeHtml(faults === 0 ? words.healthy : words.faults(faults));
  const entries = ORDER.flatMap((state) => findings.filter((finding) => finding.state === state)).map((finding) =>
    entryOf(finding, texts),
  );
  const shown = entries.slice(0, countThatFits(entries));
  const rest = entries.length - shown.length;
  const text = [title, result, '', ...shown.map(escapeHtml), ...(rest > 0 ? [escapeHtml(words.more(rest))] : [])];
  return { text: text.join('\n'), keyboard: [] };
}

function entryOf({ name, state, action, ...reported }: Finding, texts: Texts): string {
  const sentence = sentenceIn(reported, texts);
  const detail = sentence === '' ? '' : `: ${shorten(sentence, MAX_SENTENCE)}`;
  const advice = action === null ? '' : `\n→ ${shorten(sentenceIn(action, texts), MAX_SENTENCE)}`;
  return `${SIGNS[state]} ${checkLabel(name, texts)}${detail}${advice}`;
}

/** The number of entries whose characters are within the limit. */
function countThatFits(entries: readonly string[]): number {
  let characters = 0;
  const tooMany = entries.findIndex((entry) => (characters += entry.length + 1) > MAX_CHARACTERS);
  return tooMany < 0 ? entries.length : tooMany;
}
