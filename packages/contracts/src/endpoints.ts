import { z } from 'zod';
import { EventQuery } from './events.ts';
import { DownloadAnswer, DownloadRequest, Job, JobList, JobQuery, JobRequest, MediaQuery } from './job.ts';
import { Media, MediaList, MediaPatch, Probe } from './media.ts';
import { NextTrack, Station, StationRequest } from './station.ts';
import type { ProblemType } from './problems.ts';
import { Health } from './health.ts';

export interface Endpoint {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Express notation: `/api/jobs/:id`. */
  readonly path: string;
  readonly summary: string;
  /** Request headers that mean something to this call, each with what it means. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly success: number;
  /** JSON of the answer; absent: no body, or not JSON. */
  readonly answer?: z.ZodType;
  /** Content type, when it is not JSON. */
  readonly produces?: string;
  readonly problems: readonly ProblemType[];
  /** May be asked without a token: read-only and harmless. */
  readonly open?: true;
  /** Between the parts only: not described in the OpenAPI document, refused by nginx. */
  readonly internal?: true;
}

const source: ProblemType[] = [
  'source-not-found',
  'source-private',
  'source-unsupported',
  'source-live',
  'source-unreachable',
  'source-stalled',
];

/** The HTTP API of yt-app: its router, its OpenAPI document and its client are all made from this table. */
export const endpoints = {
  createJob: {
    method: 'post',
    path: '/api/jobs',
    summary: 'Send a link',
    headers: { 'Idempotency-Key': '1 to 200 printable characters; the same key gives the same job.' },
    body: JobRequest,
    success: 202,
    answer: Job,
    problems: ['missing-url', 'invalid-url', 'source-forbidden', 'queue-full', 'downloader-unavailable'],
  },
  listJobs: {
    method: 'get',
    path: '/api/jobs',
    summary: 'The jobs, newest first',
    query: JobQuery,
    success: 200,
    answer: JobList,
    problems: [],
  },
  getJob: {
    method: 'get',
    path: '/api/jobs/:id',
    summary: 'One job',
    success: 200,
    answer: Job,
    problems: ['not-found'],
  },
  cancelJob: {
    method: 'delete',
    path: '/api/jobs/:id',
    summary: 'Cancel a job; its programs are gone when this answers',
    success: 200,
    answer: Job,
    problems: ['not-found', 'conflict'],
  },
  retryJob: {
    method: 'post',
    path: '/api/jobs/:id/retry',
    summary: 'Try a failed or cancelled job again',
    success: 202,
    answer: Job,
    problems: ['not-found', 'conflict'],
  },
  jobEvents: {
    method: 'get',
    path: '/api/jobs/:id/events',
    summary: 'Server-sent events of one job, until it ends',
    headers: { 'Last-Event-ID': 'Id of the last event that was seen.' },
    query: EventQuery,
    success: 200,
    produces: 'text/event-stream',
    problems: ['not-found'],
  },
  events: {
    method: 'get',
    path: '/api/events',
    summary: 'Server-sent events of everything, resumable by Last-Event-ID',
    headers: { 'Last-Event-ID': 'Id of the last event that was seen.' },
    query: EventQuery,
    success: 200,
    produces: 'text/event-stream',
    problems: [],
  },
  probe: {
    method: 'get',
    path: '/api/probe',
    summary: 'What a link offers, without downloading it',
    query: z.strictObject({ url: z.string() }),
    success: 200,
    answer: Probe,
    problems: ['invalid-url', 'source-forbidden', ...source],
  },
  listMedia: {
    method: 'get',
    path: '/api/media',
    summary: 'The library',
    query: MediaQuery,
    success: 200,
    answer: MediaList,
    problems: [],
  },
  getMedia: {
    method: 'get',
    path: '/api/media/:id',
    summary: 'One media item',
    success: 200,
    answer: Media,
    problems: ['not-found'],
  },
  patchMedia: {
    method: 'patch',
    path: '/api/media/:id',
    summary: 'Rename a media item',
    body: MediaPatch,
    success: 200,
    answer: Media,
    problems: ['not-found', 'conflict'],
  },
  deleteMedia: {
    method: 'delete',
    path: '/api/media/:id',
    summary: 'Delete a media item and its files',
    success: 204,
    problems: ['not-found', 'conflict'],
  },
  getStation: {
    method: 'get',
    path: '/api/station',
    summary: 'Now, next and history of the radio',
    success: 200,
    answer: Station,
    problems: [],
  },
  requestTrack: {
    method: 'post',
    path: '/api/station/requests',
    summary: 'Ask for a track: it airs before the loop goes on',
    body: StationRequest,
    success: 202,
    answer: Station,
    problems: ['not-found', 'conflict', 'too-many-requests'],
  },
  skipTrack: {
    method: 'post',
    path: '/api/station/skip',
    summary: 'End the track that is on air',
    success: 202,
    answer: Station,
    problems: ['station-unavailable'],
  },
  download: {
    method: 'post',
    path: '/api/download',
    summary:
      "The ancestor's call: waits until the media is ready. `filename` is for display; refusals are 400 and 500 with `error` alone",
    body: DownloadRequest,
    success: 200,
    answer: DownloadAnswer,
    problems: [],
  },
  health: {
    method: 'get',
    path: '/api/health',
    summary: 'How the parts are',
    success: 200,
    answer: Health,
    problems: [],
  },
  nextTrack: {
    method: 'post',
    path: '/internal/station/next',
    summary: 'What the feeder sends next',
    success: 200,
    answer: NextTrack,
    problems: [],
    internal: true,
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
