import {
  Problem,
  type Job,
  type JobRequest,
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
 * @throws {Problem} playlist-choice for a list whose person has to be asked; the problems of a probe and of a submission.
 */
export async function submitPlaylist(
  { request, choice, options }: PlaylistRequest,
  { admission, probe, submitOne, submitAll, isAllowed, defaultVisibility }: PlaylistSubmissionOptions,
): Promise<Job> {
  await admission.require(); // a probe would wait for minutes for a worker that is not there
  const { playlist } = await probe(request.url);
  if (!playlist) return submitOne(request, options);
  if (choice === 'ask') throw new Problem('playlist-choice', { videos: playlist.entries.length });
  const children = playlist.entries.filter((entry) => isAllowed(entry.url));
  if (children.length === 0) throw new Problem('source-forbidden');
  const { caller, personId = null, visibility: preferred, idempotencyKey: key } = options;
  const { url, type, quality = 'best', visibility = preferred ?? defaultVisibility } = request;
  return submitAll({
    ...{ url, type, quality, personId, title: playlist.title, children },
    visibility: personId === null ? 'everyone' : visibility,
    idempotencyKey: key === undefined ? undefined : { caller, key },
  });
}
