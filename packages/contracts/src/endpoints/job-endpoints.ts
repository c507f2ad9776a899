import { z } from 'zod';
import { EventQuery } from './events.ts';
import { JobRequest, JobSubmissionQuery } from '../jobs/job-request.ts';
import { DownloadAnswer, DownloadRequest, Job, JobList, JobQuery } from '../jobs/job.ts';
import { Probe } from '../library/media.ts';
import type { ProblemType } from '../problems/problem-catalogue.ts';
import type { Endpoint } from './endpoint.ts';
import { recordParams } from './path-parameters.ts';

const SOURCE_PROBLEMS: ProblemType[] = [
  'source-not-found',
  'source-private',
  'source-unsupported',
  'source-upcoming',
  'source-live',
  'source-unreachable',
  'source-stalled',
];

/** Jobs, their events, the probe of a link, and the ancestor's call. */
export const jobEndpoints = {
  createJob: {
    method: 'post',
    path: '/api/jobs',
    right: 'add',
    summary: 'Send a link',
    headers: {
      'Idempotency-Key': '1 to 200 printable characters; the same key of the same caller gives the same job.',
    },
    query: JobSubmissionQuery,
    body: JobRequest,
    missingFields: { url: 'missing-url' },
    success: 202,
    answer: Job,
    problems: [
      'playlist-choice',
      'missing-url',
      'invalid-url',
      'source-forbidden',
      'idempotency-conflict',
      'over-limit',
      'queue-full',
      'downloader-unavailable',
      'media-missing',
    ],
  },
  listJobs: {
    method: 'get',
    path: '/api/jobs',
    right: 'add',
    summary: 'The jobs, newest first, or the children of one',
    query: JobQuery,
    success: 200,
    answer: JobList,
    problems: [],
  },
  getJob: {
    method: 'get',
    path: '/api/jobs/:id',
    right: 'add',
    summary: 'One job',
    params: recordParams,
    success: 200,
    answer: Job,
    problems: ['not-found'],
  },
  cancelJob: {
    method: 'delete',
    path: '/api/jobs/:id',
    right: 'add',
    summary: 'Cancel a job, with its children; its programs have ended when this answers',
    params: recordParams,
    success: 200,
    answer: Job,
    problems: ['not-found', 'conflict', 'forbidden'],
  },
  retryJob: {
    method: 'post',
    path: '/api/jobs/:id/retry',
    right: 'add',
    summary:
      'Try a failed or cancelled job again, or make the next try of a waiting one now; for a parent, try its failed and cancelled children again',
    params: recordParams,
    success: 202,
    answer: Job,
    problems: ['not-found', 'conflict', 'over-limit', 'media-missing', 'forbidden'],
  },
  stopJob: {
    method: 'post',
    path: '/api/jobs/:id/stop',
    right: 'add',
    summary: 'End the recording of a live source; what was recorded is kept and becomes the item',
    params: recordParams,
    success: 202,
    answer: Job,
    problems: ['not-found', 'conflict', 'forbidden'],
  },
  jobEvents: {
    method: 'get',
    path: '/api/jobs/:id/events',
    right: 'add',
    summary: 'Server-sent events of one job, until it ends',
    headers: { 'Last-Event-ID': 'Id of the last event that was seen.' },
    params: recordParams,
    query: EventQuery,
    success: 200,
    produces: 'text/event-stream',
    problems: ['not-found', 'too-many-requests'],
  },
  events: {
    method: 'get',
    path: '/api/events',
    right: 'add',
    services: ['bot'],
    summary: 'Server-sent events of everything, resumable by Last-Event-ID',
    headers: { 'Last-Event-ID': 'Id of the last event that was seen.' },
    query: EventQuery,
    success: 200,
    produces: 'text/event-stream',
    problems: ['too-many-requests'],
  },
  probe: {
    method: 'get',
    path: '/api/probe',
    right: 'add',
    summary: 'Title, duration and heights of a link, without a download',
    query: z.strictObject({ url: z.string() }),
    success: 200,
    answer: Probe,
    problems: ['invalid-url', 'source-forbidden', 'too-many-requests', ...SOURCE_PROBLEMS],
  },
  download: {
    method: 'post',
    path: '/api/download',
    right: 'add',
    summary:
      "The ancestor's call: waits until the media is ready. `filename` is for display; refusals are 400 and 500 with `error` alone",
    body: DownloadRequest,
    success: 200,
    answer: DownloadAnswer,
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
