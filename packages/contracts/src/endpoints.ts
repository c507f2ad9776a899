import { z } from 'zod';
import {
  Caller,
  Membership,
  NewShare,
  SessionList,
  ShareList,
  ShareRequest,
  SignIn,
  SignInCode,
  SignInCodeRequest,
  SignOutAnswer,
  SignOutRequest,
  type Right,
} from './access.ts';
import { EventQuery } from './events.ts';
import { DownloadAnswer, DownloadRequest, Job, JobList, JobQuery, JobRequest, MediaQuery } from './job.ts';
import { Media, MediaList, MediaPatch, Probe } from './media.ts';
import { NextTrack, Station, StationRequest } from './station.ts';
import type { ProblemType } from './problems.ts';
import { Health } from './health.ts';
import type { ServiceName } from './service-name.ts';
import { ClaimAnswer, LeaseAnswer, LeaseRenewal, ReportRequest, WorkClaim } from './work.ts';

interface Call {
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
}

interface PublicEndpoint extends Call {
  /** The right that the caller needs. `none`: everybody may call, except a part that has no rights. */
  readonly right: Right | 'none';
  /** True when a guest may call it for the one item that was shared with them. */
  readonly forGuests?: true;
  readonly services?: undefined;
  readonly internal?: undefined;
}

/** Between the parts only: not described in the OpenAPI document, refused by nginx. */
interface InternalEndpoint extends Call {
  readonly right: 'service';
  /** The parts that may call it. Nobody else may, the owner's API token included. */
  readonly services: readonly ServiceName[];
  readonly forGuests?: undefined;
  readonly internal: true;
}

export type Endpoint = PublicEndpoint | InternalEndpoint;

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
    right: 'add',
    summary: 'Send a link',
    headers: {
      'Idempotency-Key': '1 to 200 printable characters; the same key of the same caller gives the same job.',
    },
    body: JobRequest,
    success: 202,
    answer: Job,
    problems: [
      'missing-url',
      'invalid-url',
      'source-forbidden',
      'idempotency-conflict',
      'queue-full',
      'downloader-unavailable',
      'media-missing',
    ],
  },
  listJobs: {
    method: 'get',
    path: '/api/jobs',
    right: 'add',
    summary: 'The jobs, newest first',
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
    success: 200,
    answer: Job,
    problems: ['not-found'],
  },
  cancelJob: {
    method: 'delete',
    path: '/api/jobs/:id',
    right: 'add',
    summary: 'Cancel a job; its programs are gone when this answers',
    success: 200,
    answer: Job,
    problems: ['not-found', 'conflict'],
  },
  retryJob: {
    method: 'post',
    path: '/api/jobs/:id/retry',
    right: 'add',
    summary: 'Try a failed or cancelled job again',
    success: 202,
    answer: Job,
    problems: ['not-found', 'conflict', 'media-missing'],
  },
  jobEvents: {
    method: 'get',
    path: '/api/jobs/:id/events',
    right: 'add',
    summary: 'Server-sent events of one job, until it ends',
    headers: { 'Last-Event-ID': 'Id of the last event that was seen.' },
    query: EventQuery,
    success: 200,
    produces: 'text/event-stream',
    problems: ['not-found', 'too-many-requests'],
  },
  events: {
    method: 'get',
    path: '/api/events',
    right: 'add',
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
    summary: 'What a link offers, without downloading it',
    query: z.strictObject({ url: z.string() }),
    success: 200,
    answer: Probe,
    problems: ['invalid-url', 'source-forbidden', 'too-many-requests', ...source],
  },
  listMedia: {
    method: 'get',
    path: '/api/media',
    right: 'watch',
    summary: 'The library',
    query: MediaQuery,
    success: 200,
    answer: MediaList,
    problems: [],
  },
  getMedia: {
    method: 'get',
    path: '/api/media/:id',
    right: 'watch',
    forGuests: true,
    summary: 'One media item',
    success: 200,
    answer: Media,
    problems: ['not-found'],
  },
  patchMedia: {
    method: 'patch',
    path: '/api/media/:id',
    right: 'add',
    summary: 'Rename a media item',
    body: MediaPatch,
    success: 200,
    answer: Media,
    problems: ['not-found', 'conflict', 'media-missing'],
  },
  deleteMedia: {
    method: 'delete',
    path: '/api/media/:id',
    right: 'add',
    summary: 'Delete a media item and its files',
    success: 204,
    problems: ['not-found', 'conflict', 'media-missing'],
  },
  getStation: {
    method: 'get',
    path: '/api/station',
    right: 'watch',
    summary: 'Now, next and history of the radio',
    success: 200,
    answer: Station,
    problems: [],
  },
  requestTrack: {
    method: 'post',
    path: '/api/station/requests',
    right: 'add',
    summary: 'Ask for a track: it airs before the loop goes on',
    body: StationRequest,
    success: 202,
    answer: Station,
    problems: ['not-found', 'conflict', 'too-many-requests'],
  },
  skipTrack: {
    method: 'post',
    path: '/api/station/skip',
    right: 'add',
    summary: 'End the track that is on air',
    success: 202,
    answer: Station,
    problems: ['station-unavailable'],
  },
  getCaller: {
    method: 'get',
    path: '/api/session',
    right: 'none',
    summary: 'Who is calling, and what they may do',
    success: 200,
    answer: Caller,
    problems: [],
  },
  signIn: {
    method: 'post',
    path: '/api/session',
    right: 'none',
    summary: 'Sign in by a code or by the initData of a Mini App; sets an HttpOnly cookie',
    body: SignIn,
    success: 200,
    answer: Caller,
    problems: ['sign-in-refused', 'forbidden', 'too-many-requests'],
  },
  signOut: {
    method: 'delete',
    path: '/api/session',
    right: 'none',
    summary: 'Sign this browser out',
    success: 204,
    problems: ['forbidden'],
  },
  listSessions: {
    method: 'get',
    path: '/api/sessions',
    right: 'add',
    summary: "The signed-in browsers: one's own, or for an owner everybody's",
    success: 200,
    answer: SessionList,
    problems: [],
  },
  endSession: {
    method: 'delete',
    path: '/api/sessions/:id',
    right: 'add',
    summary: 'Sign one browser out',
    success: 204,
    problems: ['not-found'],
  },
  createSignInCode: {
    method: 'post',
    path: '/api/sign-in-codes',
    right: 'manage',
    summary: 'A code that is good for one sign-in',
    body: SignInCodeRequest,
    success: 201,
    answer: SignInCode,
    problems: [],
  },
  shareMedia: {
    method: 'post',
    path: '/api/media/:id/shares',
    right: 'add',
    summary: 'Share a media item: a link that works for whoever has it, until it expires or is revoked',
    body: ShareRequest,
    success: 201,
    answer: NewShare,
    problems: ['not-found'],
  },
  listShares: {
    method: 'get',
    path: '/api/media/:id/shares',
    right: 'add',
    summary: 'The shares of a media item that are good now',
    success: 200,
    answer: ShareList,
    problems: ['not-found'],
  },
  shareStation: {
    method: 'post',
    path: '/api/station/shares',
    right: 'add',
    summary: 'Share the radio: for players and devices that cannot sign in',
    body: ShareRequest,
    success: 201,
    answer: NewShare,
    problems: [],
  },
  listStationShares: {
    method: 'get',
    path: '/api/station/shares',
    right: 'add',
    summary: 'The shares of the radio that are good now',
    success: 200,
    answer: ShareList,
    problems: [],
  },
  revokeShare: {
    method: 'delete',
    path: '/api/shares/:id',
    right: 'add',
    summary: 'Revoke a share: its link stops working',
    success: 204,
    problems: ['not-found'],
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
  health: {
    method: 'get',
    path: '/api/health',
    right: 'manage',
    summary: 'How the parts are',
    success: 200,
    answer: Health,
    problems: [],
  },
  nextTrack: {
    method: 'post',
    path: '/internal/station/next',
    right: 'service',
    services: ['icecast'],
    summary: 'What the feeder sends next',
    success: 200,
    answer: NextTrack,
    problems: [],
    internal: true,
  },
  setMembership: {
    method: 'post',
    path: '/internal/membership',
    right: 'service',
    services: ['bot'],
    summary: 'Who may sign in; sessions of everybody else end',
    body: Membership,
    success: 204,
    problems: [],
    internal: true,
  },
  signOutMember: {
    method: 'post',
    path: '/internal/sign-outs',
    right: 'service',
    services: ['bot'],
    summary: 'End every session of one person',
    body: SignOutRequest,
    success: 200,
    answer: SignOutAnswer,
    problems: [],
    internal: true,
  },
  claimWork: {
    method: 'post',
    path: '/internal/work/claims',
    right: 'service',
    services: ['worker'],
    summary: 'Claim a piece of work; waits until there is some',
    body: WorkClaim,
    success: 200,
    answer: ClaimAnswer,
    problems: [],
    internal: true,
  },
  renewLease: {
    method: 'post',
    path: '/internal/work/:id/lease',
    right: 'service',
    services: ['worker'],
    summary: 'Renew the lease; waits, and answers at once when the work is to be stopped',
    body: LeaseRenewal,
    success: 200,
    answer: LeaseAnswer,
    problems: ['lease-lost'],
    internal: true,
  },
  reportWork: {
    method: 'post',
    path: '/internal/work/:id/reports',
    right: 'service',
    services: ['worker'],
    summary: 'Report what became of the work',
    body: ReportRequest,
    success: 200,
    answer: LeaseAnswer,
    problems: ['lease-lost', 'verification-failed'],
    internal: true,
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
