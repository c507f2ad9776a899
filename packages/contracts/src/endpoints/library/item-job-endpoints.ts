import { ItemFetchRequest } from '../../jobs/job-request.ts';
import { Job } from '../../jobs/job.ts';
import type { ProblemType } from '../../problems/problem-catalogue.ts';
import type { Endpoint } from '../endpoint.ts';
import { itemParams } from '../path-parameters.ts';

const SUBMISSION_PROBLEMS: ProblemType[] = [
  'not-found',
  'conflict',
  'over-limit',
  'queue-full',
  'downloader-unavailable',
  'media-missing',
];

/** Jobs that start with the files of an item. */
export const itemJobEndpoints = {
  makeAudio: {
    method: 'post',
    path: '/api/media/:id/audio',
    right: 'add',
    summary:
      'Make an audio item of the sound of a video item, without a download; an audio item of the same source is the answer',
    params: itemParams,
    success: 202,
    answer: Job,
    problems: SUBMISSION_PROBLEMS,
  },
  fetchMedia: {
    method: 'post',
    path: '/api/media/:id/fetch',
    right: 'add',
    summary:
      'Ask the source of a video item for a better picture, or one of another quality, and add it to the item; only what the item does not have is downloaded',
    params: itemParams,
    body: ItemFetchRequest,
    success: 202,
    answer: Job,
    problems: [...SUBMISSION_PROBLEMS, 'source-unknown', 'source-forbidden', 'forbidden'],
  },
} as const satisfies Record<string, Endpoint>;
