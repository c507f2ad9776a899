import {
  endpoints,
  isProblem,
  type DownloadAnswer,
  type DownloadRequest,
  type Job,
  type ProblemType,
} from '@linkcast/contracts';
import { problemWords, textsOf } from '@linkcast/texts';
import type { JobService } from '../../jobs/job-service.ts';
import { downloadName } from '../endpoints/download-name.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { requesterOf } from './job-routes.ts';

/** The ancestor's answers are English, whoever reads them. */
const english = textsOf('en');

type Requester = ReturnType<typeof requesterOf>;
type Outcome = { readonly status: 200; readonly body: DownloadAnswer } | Refusal;
interface Refusal {
  readonly status: 400 | 500;
  readonly body: { readonly error: string };
}

/** Refusals that are about the link itself, before there is a job. */
const LINK_PROBLEMS: readonly ProblemType[] = ['invalid-url', 'source-forbidden'];

/**
 * Binds the ancestor's call, with its exact answers: `{filename, title, type}`, or `{error}` alone. It waits for the job;
 * when the client disconnects, or a job that failed is to be tried again later, the job continues.
 */
export function bindDownloadRoute(bind: EndpointBinder, jobs: JobService): void {
  bind.stream(endpoints.download, async ({ body, identity, response, signal }) => {
    try {
      const { status, body: answer } = await download(jobs, body, { ...requesterOf(identity), signal });
      response.status(status).json(answer);
    } catch (error) {
      if (!signal.aborted) throw error;
      response.destroy(); // the client has disconnected, or the service stops
    }
  });
}

async function download(
  jobs: JobService,
  request: DownloadRequest,
  { signal, ...requester }: Requester & { readonly signal: AbortSignal },
): Promise<Outcome> {
  if (request.url === '') return refusal(400, english.problems['missing-url'].sentence({}));
  try {
    const job = await jobs.submit(request, requester);
    return outcomeOf(await jobs.waitForOutcome(job.id, signal));
  } catch (error) {
    if (!isProblem(error)) throw error;
    const { sentence } = problemWords(error);
    return refusal(500, LINK_PROBLEMS.includes(error.code) ? english.api.extractingInfo(sentence) : sentence);
  }
}

function outcomeOf(job: Job): Outcome {
  if (job.state === 'ready') {
    const title = job.title ?? '';
    const filename = downloadName(title, job.type, new Date(job.finishedAt ?? Date.now()));
    return { status: 200, body: { filename, title, type: job.type } };
  }
  const problem = job.problem ?? job.retry?.problem ?? null;
  const sentence = problem?.error ?? english.api.cancelled;
  const isUnresolved = problem !== null && job.title === null; // the title comes first from a source
  return refusal(500, isUnresolved ? english.api.extractingInfo(sentence) : sentence);
}

function refusal(status: 400 | 500, error: string): Refusal {
  return { status, body: { error } };
}
