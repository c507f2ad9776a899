import { isEnded, type Job } from '@linkcast/contracts';
import type { Entry, Ledger } from '../ledger.ts';
import type { Evidence } from './evidence.ts';

const LOSS_NOTICE = 'database-lost-notice';

/** Every accepted job has one end, a healthy source is not blamed, and there is one item for each request. */
export function checkJobs(ledger: Ledger, evidence: Evidence): void {
  for (const entry of ledger.entries) {
    checkAccepted(ledger, entry, evidence);
    checkItemsOf(ledger, entry, evidence);
  }
  for (const job of evidence.jobs) {
    ledger.count(`jobs: ${job.state}`);
    checkTimes(ledger, job);
    checkEnd(ledger, job, evidence);
  }
  checkLoss(ledger, evidence);
}

function checkAccepted(ledger: Ledger, { url, jobIds, forgivenJobIds }: Entry, { jobs }: Evidence): void {
  for (let count = new Set([...jobIds, ...forgivenJobIds]).size; count > 0; count -= 1)
    ledger.count('jobs: accepted over the API');
  for (const id of jobIds) {
    const job = jobs.find((each) => each.id === id);
    if (!job) {
      ledger.count('jobs: lost');
      ledger.violate('an accepted job is not lost', `${id} of ${url}`);
    } else if (!isEnded(job.state)) ledger.violate('an accepted job ends', `${id} of ${url} is ${job.state}`);
  }
}

function checkItemsOf(ledger: Ledger, { url, type }: Entry, { media }: Evidence): void {
  const items = media.filter((item) => item.sourceUrl === url && item.type === type);
  if (items.length > 1) ledger.violate('one item per link', `${url}: ${items.map(({ id }) => id).join(', ')}`);
}

function checkEnd(ledger: Ledger, job: Job, { jobs, media }: Evidence): void {
  const { id, url, state } = job;
  if (jobs.filter((other) => other.id === id).length > 1) ledger.violate('a job is listed once', `${id} of ${url}`);
  const entry = ledger.entries.find((each) => each.url === url);
  if (!entry) {
    ledger.violate('every job was asked for', `${id} of ${url}`);
    return;
  }
  if (state === 'failed' && entry.source === 'healthy')
    ledger.violate('a healthy source is not blamed', `${id} of ${url}: ${job.problem?.code ?? 'no problem'}`);
  if (state !== 'ready') return;
  if (entry.source === 'broken' || entry.source === 'forbidden')
    ledger.violate('a broken source gives no item', `${id} of ${url}`);
  if (!entry.isUnwanted && !media.some((item) => item.id === job.mediaId))
    ledger.violate('a ready job has its item', `${id} of ${url}`);
}

function checkTimes(ledger: Ledger, { id, createdAt, startedAt, finishedAt }: Job): void {
  const times = [createdAt, startedAt, finishedAt].filter((time) => time !== null);
  if (times.some((time, index) => time < (times[index - 1] ?? '')))
    ledger.violate('the times of a job are in order', `${id}: ${times.join(', ')}`);
}

/** Jobs that were lost with a damaged database: a notice says so. */
function checkLoss(ledger: Ledger, { jobs, notices }: Evidence): void {
  const known = new Set(jobs.map(({ id }) => id));
  const lost = ledger.entries.flatMap(({ forgivenJobIds }) => [...forgivenJobIds].filter((id) => !known.has(id)));
  lost.forEach(() => ledger.count('jobs: lost with a damaged database'));
  if (lost.length > 0 && !notices.includes(LOSS_NOTICE))
    ledger.violate('the loss of a database is said', `${lost.length} jobs are lost`);
}
