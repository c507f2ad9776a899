import {
  isEnded,
  Problem,
  type Job,
  type JobRequest,
  type OverLimit,
  type Person,
  type PlaylistFacts,
  type ProblemType,
  type TriedWays,
} from '@linkcast/contracts';
import { problemWords } from '@linkcast/texts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAccessEndpoints } from './access-endpoints.ts';
import { createCookieEndpoints } from './cookie-endpoints.ts';
import { createFollowingEndpoints } from './following-endpoints.ts';
import { createPeopleEndpoints } from './people-endpoints.ts';
import { createUploadEndpoints, type ReceivedUpload } from './upload-endpoints.ts';

/** The answer of `POST /api/jobs` instead of a job. */
export type Refusal =
  | { readonly problem: ProblemType; readonly retryAfterSeconds?: number; readonly overLimit?: OverLimit }
  | { readonly status: number; readonly html: string };

/** A link that is a list. */
type ListedLink = PlaylistFacts & { readonly videos: number };

/** A real HTTP server that speaks yt-app's API: jobs, server-sent events that resume, {@link createPeopleEndpoints} and {@link createAccessEndpoints}. */
export async function createYtAppStandIn(token: string) {
  const people = createPeopleEndpoints();
  const access = createAccessEndpoints();
  const uploads = createUploadEndpoints();
  const following = createFollowingEndpoints();
  const cookies = createCookieEndpoints();
  const requesters = new Map<string, Person>();
  const hidden = new Set<string>();
  const jobs = new Map<string, Job>();
  const keys = new Map<string, string>();
  const submissions: (JobRequest & { key: string | undefined; playlist: string | null })[] = [];
  const lists = new Map<string, ListedLink>();
  const heldLinks = new Set<string>();
  const streams = new Set<ServerResponse>();
  const events: { id: number; text: string }[] = [];
  const resumedFrom: (string | undefined)[] = [];
  const refusals: Refusal[] = [];
  let server: Server | undefined;
  let port = 0;
  let count = 0;
  let areReadsHeld = false;
  let reads = 0;

  const publishProgress = (job: Job): void => {
    for (const stream of streams) stream.write(`event: job\ndata: ${JSON.stringify(job)}\n\n`);
  };
  const publish = (name: string, data: unknown): void => {
    const id = events.length + 1;
    const text = `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    events.push({ id, text });
    for (const stream of streams) stream.write(text);
  };

  const change = (jobId: string, changes: Partial<Job>): Job => {
    const before = jobs.get(jobId);
    if (!before) throw new Error(`no job ${jobId}`);
    const job = { ...before, ...changes };
    jobs.set(jobId, job);
    const changed = Object.keys(changes).filter(
      (key) => JSON.stringify(before[key as keyof Job]) !== JSON.stringify(job[key as keyof Job]),
    ); // keys of a job
    if (changed.join() === 'progress') publishProgress(job);
    else publish('job', job);
    return job;
  };

  const create = ({ url, type }: JobRequest, caller: Person): Job => {
    const same = [...jobs.values()].find(
      (job) => job.url === url && job.type === type && !['failed', 'cancelled'].includes(job.state),
    );
    if (same) return same;
    const job = { ...newJob(`job${String(++count).padStart(17, 'a')}`, url, type), requesterId: caller.id };
    jobs.set(job.id, job);
    requesters.set(job.id, caller);
    return job;
  };

  const cancel = (job: Job): Job => {
    if (isEnded(job.state)) throw new Problem('conflict');
    return change(job.id, { state: 'cancelled', finishedAt: new Date().toISOString() });
  };
  const stop = ({ id, live }: Job): Job => {
    if (!live) throw new Problem('conflict');
    return change(id, { live: { ...live, isStopping: true } });
  };
  const retry = (job: Job): Job => {
    if (job.retry !== null) return change(job.id, { retry: null });
    if (job.state !== 'failed' && job.state !== 'cancelled') throw new Problem('conflict');
    return change(job.id, { state: 'queued', problem: null, finishedAt: null, attempt: job.attempt + 1 });
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const call = `${request.method ?? ''} ${pathname}`;
    if (request.headers.authorization !== `Bearer ${token}`) throw new Problem('unauthorized');
    access.applyFaults(call);
    const caller = people.callerOf(call, request.headers);
    if (pathname === '/api/events') {
      openStream(request, response);
      return;
    }
    if (caller && call === 'POST /api/jobs') {
      await submit(request, response, caller);
      return;
    }
    if (caller && pathname.startsWith('/api/uploads')) {
      const created = (upload: ReceivedUpload) => create({ url: `upload://${upload.id}`, type: upload.type }, caller);
      await uploads.take(request, response, created);
      return;
    }
    const body = await readJson(request);
    const sides = [people, access, following, cookies];
    const aside = sides.map((side) => side.answer(call, caller, body)).find((each) => each !== undefined);
    if (aside) {
      answer(response, aside.status, aside.body);
      return;
    }
    const [, item, part] = /^POST \/api\/media\/(\w+)\/(audio|fetch)$/.exec(call) ?? [];
    if (caller && item !== undefined) {
      const { id: made } = create(
        { url: `https://example.com/of-item/${part}`, type: part === 'audio' ? 'audio' : 'video' },
        caller,
      );
      answer(response, 202, change(made, { fromItem: item }));
      return;
    }
    const [, id, action] = /^\/api\/jobs\/(\w+)(\/retry|\/stop)?$/.exec(pathname) ?? [];
    const job = jobs.get(id ?? '');
    const isOthers = caller?.role === 'member' && requesters.get(job?.id ?? '')?.id !== caller.id;
    if (!job || (isOthers && hidden.has(job.id))) throw new Problem('not-found');
    if (isOthers && request.method !== 'GET') throw new Problem('forbidden');
    if (request.method === 'GET') reads += 1;
    if (request.method === 'GET' && areReadsHeld) return; // the answer never comes
    if (request.method === 'DELETE') answer(response, 200, cancel(job));
    else if (action === '/stop') answer(response, 202, stop(job));
    else if (action) answer(response, 202, retry(job));
    else answer(response, 200, job);
  };

  const submit = async (request: IncomingMessage, response: ServerResponse, caller: Person): Promise<void> => {
    const asked = (await readJson(request)) as JobRequest; // the bot's own client wrote it
    const key = request.headers['idempotency-key'];
    const playlist = new URL(request.url ?? '/', 'http://localhost').searchParams.get('playlist');
    submissions.push({ ...asked, key: typeof key === 'string' ? key : undefined, playlist });
    const refusal = refusals.shift();
    if (refusal && 'problem' in refusal) throw new Problem(refusal.problem, refusal);
    if (refusal) {
      response.writeHead(refusal.status, { 'content-type': 'text/html' }).end(refusal.html);
      return;
    }
    if (heldLinks.has(asked.url) && playlist !== 'one') return; // the answer never comes
    const list = lists.get(asked.url);
    if (list && playlist === 'ask') throw new Problem('playlist-choice', { videos: list.videos, list });
    const known = jobs.get(keys.get(String(key)) ?? '');
    const job = known ?? create(asked, caller);
    if (list && playlist === 'all' && !known) {
      const children = { total: list.videos, queued: list.videos, running: 0, ready: 0, failed: 0, cancelled: 0 };
      change(job.id, { children, title: list.title });
    }
    keys.set(String(key), job.id);
    answer(response, 202, jobs.get(job.id));
  };

  const openStream = (request: IncomingMessage, response: ServerResponse): void => {
    const last = request.headers['last-event-id'];
    resumedFrom.push(typeof last === 'string' ? last : undefined);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    if (last === undefined) response.write(`id: ${events.length}\n\n`);
    for (const { id, text } of events) if (typeof last === 'string' && id > Number(last)) response.write(text);
    streams.add(response);
    response.once('close', () => streams.delete(response));
  };

  const up = async (): Promise<void> => {
    const started = createServer((request, response) => {
      void route(request, response).catch((error: unknown) => {
        if (error instanceof Problem) answerProblem(response, error);
        else response.destroy(error instanceof Error ? error : undefined);
      });
    });
    await new Promise<void>((resolve) => started.listen(port, '127.0.0.1', resolve));
    ({ port } = started.address() as AddressInfo); // listening on TCP
    server = started;
  };
  const down = async (): Promise<void> => {
    const stopped = server;
    if (!stopped) return;
    server = undefined;
    const closed = new Promise((resolve) => stopped.close(resolve));
    stopped.closeAllConnections();
    await closed;
  };
  await up();

  return {
    url: `http://127.0.0.1:${port}`,
    up,
    down,
    people,
    access,
    uploads,
    following,
    cookies,
    submissions,
    resumedFrom,
    jobs: () => [...jobs.values()],
    /** A job that somebody asked for on the site. */
    addJobOf: (telegramId: number, url: string) =>
      create({ url, type: 'video' }, people.get(telegramId) ?? people.add(telegramId, 'member')),
    change,
    /** Changes a job without an event, as if the event was lost. */
    changeSilently: (jobId: string, changes: Partial<Job>) => {
      const job = jobs.get(jobId);
      if (job) jobs.set(jobId, { ...job, ...changes });
    },
    forget: (jobId: string) => jobs.delete(jobId),
    /** The job does not exist for members who did not ask for it. */
    hide: (jobId: string) => hidden.add(jobId),
    /** The same, with the events of that. */
    makePrivate(jobId: string): void {
      hidden.add(jobId);
      publish('job-hidden', { id: jobId });
      change(jobId, { visibility: 'mine' });
    },
    reset: () => publish('reset', {}),
    /** The link is a list. */
    list: (url: string, facts: Partial<ListedLink> = {}) =>
      lists.set(url, { videos: 12, title: 'Talks of 2026', hasMore: false, one: 'first', ...facts }),
    /** Reading this link never ends. */
    holdLink: (url: string) => heldLinks.add(url),
    /** A followed list of a person was paused by itself. */
    giveUp: (id: string, personId: string, code: ProblemType) =>
      publish('following', { id, personId, givenUp: { title: 'Talks', code } }),
    /** Publishes an event that is about no job. */
    publishOther: (number: number) => publish('media-deleted', { id: `other-${number}` }),
    /** Number of calls that read a job. */
    reads: () => reads,
    /** Answers no call that reads a job, until it is set back. */
    holdReads: (areHeld: boolean) => void (areReadsHeld = areHeld),
    refuse: (...more: Refusal[]) => refusals.push(...more),
    download: (jobId: string, ratio: number, more: Partial<Job> = {}) =>
      change(jobId, {
        state: 'downloading',
        title: 'A film',
        progress: {
          ratio,
          bytes: Math.round(ratio * 30e6),
          totalBytes: 30_000_000,
          bytesPerSecond: 2_000_000,
          etaSeconds: Math.round((1 - ratio) * 15),
        },
        ...(more.playable ? { mediaId: MEDIA_ID, links: linksFor(jobs.get(jobId)?.type ?? 'video') } : {}),
        ...more,
      }),
    finish: (jobId: string, more: Partial<Job> = {}) => change(jobId, { ...finished(jobs.get(jobId)), ...more }),
    fail: (jobId: string, problem: ProblemType, tried: TriedWays = []) =>
      change(jobId, {
        state: 'failed',
        tried,
        problem: new Problem(problem).toDocument(problemWords({ code: problem })),
        finishedAt: new Date().toISOString(),
      }),
    postpone: (jobId: string, problem: ProblemType, at: string) =>
      change(jobId, {
        state: 'queued',
        retry: { problem: new Problem(problem).toDocument(problemWords({ code: problem })), at, count: 1 },
      }),
    finished: (jobId: string) => finished(jobs.get(jobId)),
  };
}

export const MEDIA_ID = 'abcdefghij234567abcd';

/** The links of a media item as yt-app gives them. */
function linksFor(type: Job['type']): Job['links'] {
  return type === 'video'
    ? { page: `/watch/${MEDIA_ID}`, hls: `/media/${MEDIA_ID}/index.m3u8`, file: null }
    : { page: `/listen/${MEDIA_ID}`, hls: null, file: `/media/${MEDIA_ID}/audio.mp3` };
}

function finished(job: Job | undefined): Partial<Job> {
  return {
    state: 'ready',
    title: job?.title ?? 'A film',
    playable: true,
    handling: 'copied',
    mediaId: MEDIA_ID,
    links: linksFor(job?.type ?? 'video'),
    finishedAt: new Date().toISOString(),
  };
}

function newJob(id: string, url: string, type: Job['type']): Job {
  return {
    id,
    parentId: null,
    children: null,
    state: 'queued',
    type,
    url,
    quality: 'best',
    requesterId: null,
    visibility: 'everyone',
    title: null,
    progress: { ratio: null, bytes: 0, totalBytes: null, bytesPerSecond: null, etaSeconds: null },
    playable: false,
    handling: null,
    attempt: 0,
    mediaId: null,
    links: { page: null, hls: null, file: null },
    damage: null,
    repairs: null,
    fromItem: null,
    problem: null,
    retry: null,
    live: null,
    tried: [],
    createdAt: new Date().toISOString(),
    startedAt: null,
    playableAt: null,
    finishedAt: null,
  };
}

function answerProblem(response: ServerResponse, problem: Problem): void {
  const { retryAfterSeconds } = problem.facts;
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds));
  answer(response, problem.status, problem.toDocument(problemWords(problem)));
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body === '' ? undefined : JSON.parse(body);
}
