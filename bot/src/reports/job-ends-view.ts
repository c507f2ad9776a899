import { paths, type Job } from '@linkcast/contracts';
import { triedSentence, type Texts } from '@linkcast/texts';
import { pageLink } from '../status/item-links.ts';
import { readyWords } from '../status/ready-view.ts';
import { buttonData } from '../telegram/button-data.ts';
import { escapeHtml, shorten, type Button, type MessageDraft } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';

/** Ends that have a line of their own. */
const MOST_LINES = 10;
const MAX_TITLE = 120;
const MAX_TITLE_ALONE = 200;

/** Renders the message about the ends of jobs, with a button that turns such messages off. */
export function renderJobEnds(chatId: number, jobs: readonly Job[], texts: Texts, site: SiteLinks): MessageDraft {
  const [job, ...others] = jobs;
  const { lines, open } =
    job && others.length === 0 ? renderOne(chatId, job, texts, site) : renderMany(jobs, texts, site);
  const off = { text: texts.bot.reports.turnOff, data: buttonData.reports(false) };
  return { text: lines.join('\n'), keyboard: [...(open ? [[open]] : []), [off]] };
}

interface EndsView {
  readonly lines: readonly string[];
  readonly open: Button | undefined;
}

function renderOne(chatId: number, job: Job, texts: Texts, site: SiteLinks): EndsView {
  const { bot: words } = texts;
  const title = `${words.type[job.type]} <b>${titleOf(job, MAX_TITLE_ALONE)}</b>`;
  if (job.state !== 'ready') return { lines: [title, `❌ ${reasonOf(job, texts)}`], open: undefined };
  const link = pageLink({ chatId, share: { links: null } }, job, words, site);
  return {
    lines: [title, `✅ ${escapeHtml(readyWords(job, words))}${childrenOf(job, texts)}`, ...(link ? [link.line] : [])],
    open: link?.button,
  };
}

function renderMany(jobs: readonly Job[], texts: Texts, site: SiteLinks): EndsView {
  const { reports: words } = texts.bot;
  const ready = jobs.filter(({ state }) => state === 'ready');
  const failed = jobs.filter(({ state }) => state !== 'ready');
  const shown = [...failed, ...ready].slice(0, MOST_LINES); // what needs somebody's attention first
  const lineOf = (job: Job): string =>
    job.state === 'ready'
      ? `✅ ${titleOf(job, MAX_TITLE)}${childrenOf(job, texts)}`
      : `❌ ${titleOf(job, MAX_TITLE)} – ${reasonOf(job, texts)}`;
  const rest = jobs.length - shown.length;
  return {
    lines: [
      `<b>${escapeHtml(words.heading(ready.length, failed.length))}</b>`,
      ...shown.map(lineOf),
      ...(rest === 0 ? [] : [escapeHtml(words.more(rest))]),
      escapeHtml(site.absolute(paths.library)),
    ],
    open: site.fitButtons ? { text: words.open, webApp: site.absolute(paths.library) } : undefined,
  };
}

function titleOf({ title, url }: Job, most: number): string {
  return escapeHtml(shorten(title ?? url, most));
}

/** The numbers of the videos of a list; empty for any other job. */
function childrenOf({ children }: Job, { bot }: Texts): string {
  return children ? ` · ${escapeHtml(bot.reports.children(children))}` : '';
}

function reasonOf({ problem, tried }: Job, { bot: words, problems }: Texts): string {
  const reason = problem ? problems[problem.code].sentence(problem.facts ?? {}) : words.phase.failed;
  return escapeHtml(`${reason} ${triedSentence(tried, words.tried, problems)}`.trimEnd());
}
