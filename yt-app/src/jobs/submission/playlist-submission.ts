import {
  isProblem,
  Problem,
  type Job,
  type JobRequest,
  type Playlist,
  type PlaylistChoice,
  type Probe,
  type Visibility,
} from '@linkcast/contracts';
import type { GroupRequest } from '../groups/group-submission.ts';
import type { JobAdmission } from './job-admission.ts';
import type { SubmitOptions } from './job-submission.ts';

/** A request with the choice for a link that is a list. */
export interface PlaylistRequest {
  readonly request: JobRequest;
  readonly choice: Exclude<PlaylistChoice, 'one'>;
  readonly options: SubmitOptions;
}

export interface PlaylistSubmissionOptions {
  readonly admission: Pick<JobAdmission, 'require'>;
  /** Reads the link. */
  readonly probe: (url: string) => Promise<Probe>;
  readonly submitOne: (request: JobRequest, options: SubmitOptions) => Promise<Job>;
  readonly submitAll: (group: GroupRequest) => Promise<Job>;
  /** Reports whether a link may be a source: one entry that leads into the own network does not refuse the whole list. */
  readonly isAllowed: (url: string) => boolean;
  /** The visibility of a person's job whose request has none. */
  readonly defaultVisibility: Visibility;
}

/**
 * Submits a link that may be a list: all of its videos become children of one job. A link that is no list becomes an ordinary job.
 *
 * With `ask`, a link that cannot be read becomes an ordinary job, too: nobody has asked for a list, and a job is tried again, waits while
 * the site is down, and says in the queue why it failed.
 *
 * @throws {Problem} playlist-choice for a list whose person has to be asked; the problems of a probe and of a submission.
 */
export async function submitPlaylist(
  { request, choice, options }: PlaylistRequest,
  { admission, probe, submitOne, submitAll, isAllowed, defaultVisibility }: PlaylistSubmissionOptions,
): Promise<Job> {
  await admission.require(); // a probe would wait for minutes for a worker that is not there
  const playlist = await readList(request.url, { probe, isAsking: choice === 'ask' });
  if (!playlist) return submitOne(request, options);
  const children = playlist.entries.filter((entry) => isAllowed(entry.url));
  if (children.length === 0) throw new Problem('source-forbidden');
  const { title, hasMore, one } = playlist;
  if (choice === 'ask')
    throw new Problem('playlist-choice', { videos: children.length, list: { title, hasMore, one } });
  const { caller, personId = null, visibility: preferred, idempotencyKey: key } = options;
  const { url, type, quality = 'best', visibility = preferred ?? defaultVisibility } = request;
  return submitAll({
    ...{ url, type, quality, personId, title, children },
    visibility: personId === null ? 'everyone' : visibility,
    idempotencyKey: key === undefined ? undefined : { caller, key },
  });
}

/** @returns the list behind a link; null for one video, and when a link cannot be read of which nobody has said that it is a list. */
async function readList(
  url: string,
  { probe, isAsking }: Pick<PlaylistSubmissionOptions, 'probe'> & { readonly isAsking: boolean },
): Promise<Playlist | null> {
  try {
    return (await probe(url)).playlist;
  } catch (error) {
    if (isAsking && isProblem(error) && isForJob(error)) return null;
    throw error;
  }
}

/** True for a problem with which a job can fail or wait: of the site, of its media, or of a worker that is away; not for one of the link. */
function isForJob({ code }: Problem): boolean {
  return code === 'downloader-unavailable' || (code.startsWith('source-') && code !== 'source-forbidden');
}
