import axios, { type AxiosInstance, AxiosError } from 'axios';
import type { z } from 'zod';
import type {
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
} from './access.ts';
import { endpoints, type Endpoint } from './endpoints.ts';
import type { Health } from './health.ts';
import type { JobState } from './job-state.ts';
import type { Job, JobList, JobRequest } from './job.ts';
import type { Media, MediaList, MediaPatch, MediaType, Probe } from './media.ts';
import { Problem, ProblemDocument } from './problem.ts';
import type { NextTrack, Station } from './station.ts';
import type { ClaimAnswer, LeaseAnswer, ReportRequest, WorkClaim } from './work.ts';

export interface ApiClientOptions {
  /** Root of the API's origin; empty in a browser on the same origin. */
  readonly baseUrl?: string;
  readonly token?: string;
  /** A share's token instead: the calls of a guest. */
  readonly shareToken?: string;
  /** Sent with every call as `X-Request-Id`: the API's log lines of these calls carry it as `requestId`. */
  readonly requestId?: string;
  /** Milliseconds a call may take before it counts as failed. Default 15,000. */
  readonly timeoutMs?: number;
  /** Hears of every refusal before the call throws it: here a page learns that its session has ended. */
  readonly onProblem?: (problem: Problem) => void;
}

interface CallOptions {
  readonly id?: string;
  readonly body?: unknown;
  readonly query?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal | undefined;
}

/** yt-app could not be asked, or answered something that is not its API: it may be down or starting. */
export class ApiUnavailable extends Error {
  override readonly name = 'ApiUnavailable';
}

/** The typed client of yt-app's API. A call throws {@link Problem} for an expected refusal, {@link ApiUnavailable} when there is no answer. */
export type ApiClient = ReturnType<typeof createApiClient>;

export function createApiClient({
  baseUrl = '',
  token,
  shareToken,
  requestId,
  timeoutMs = 15_000,
  onProblem,
}: ApiClientOptions = {}) {
  const http = axios.create({
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxRedirects: 0,
    headers: {
      ...authorizationOf(token, shareToken),
      ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
    },
  });
  const ask = async <T>(endpoint: Endpoint, options: CallOptions = {}): Promise<T> => {
    try {
      return await call<T>(http, endpoint, options);
    } catch (error) {
      if (error instanceof Problem) onProblem?.(error);
      throw error;
    }
  };

  return {
    createJob: (request: JobRequest, options: { idempotencyKey?: string; signal?: AbortSignal } = {}) =>
      ask<Job>(endpoints.createJob, {
        body: request,
        signal: options.signal,
        ...(options.idempotencyKey === undefined ? {} : { headers: { 'idempotency-key': options.idempotencyKey } }),
      }),
    listJobs: (query: { state?: JobState; limit?: number; cursor?: string } = {}) =>
      ask<JobList>(endpoints.listJobs, { query }),
    getJob: (id: string) => ask<Job>(endpoints.getJob, { id }),
    cancelJob: (id: string) => ask<Job>(endpoints.cancelJob, { id }),
    retryJob: (id: string) => ask<Job>(endpoints.retryJob, { id }),
    probe: (url: string) => ask<Probe>(endpoints.probe, { query: { url } }),
    listMedia: (query: { type?: MediaType; q?: string; sort?: string; limit?: number; cursor?: string } = {}) =>
      ask<MediaList>(endpoints.listMedia, { query }),
    getMedia: (id: string) => ask<Media>(endpoints.getMedia, { id }),
    patchMedia: (id: string, patch: MediaPatch) => ask<Media>(endpoints.patchMedia, { id, body: patch }),
    deleteMedia: (id: string) => ask<undefined>(endpoints.deleteMedia, { id }),
    getStation: () => ask<Station>(endpoints.getStation),
    requestTrack: (mediaId: string) => ask<Station>(endpoints.requestTrack, { body: { mediaId } }),
    skipTrack: () => ask<Station>(endpoints.skipTrack),
    getCaller: () => ask<Caller>(endpoints.getCaller),
    signIn: (request: SignIn) => ask<Caller>(endpoints.signIn, { body: request }),
    signOut: () => ask<undefined>(endpoints.signOut),
    listSessions: () => ask<SessionList>(endpoints.listSessions),
    endSession: (id: string) => ask<undefined>(endpoints.endSession, { id }),
    createSignInCode: (request: SignInCodeRequest) => ask<SignInCode>(endpoints.createSignInCode, { body: request }),
    shareMedia: (id: string, request: ShareRequest = {}) => ask<NewShare>(endpoints.shareMedia, { id, body: request }),
    listShares: (id: string) => ask<ShareList>(endpoints.listShares, { id }),
    shareStation: (request: ShareRequest = {}) => ask<NewShare>(endpoints.shareStation, { body: request }),
    listStationShares: () => ask<ShareList>(endpoints.listStationShares),
    revokeShare: (id: string) => ask<undefined>(endpoints.revokeShare, { id }),
    setMembership: (membership: Membership) => ask<undefined>(endpoints.setMembership, { body: membership }),
    signOutMember: (telegramId: number) => ask<SignOutAnswer>(endpoints.signOutMember, { body: { telegramId } }),
    health: () => ask<Health>(endpoints.health),
    claimWork: (claim: WorkClaim, signal: AbortSignal) =>
      ask<ClaimAnswer>(endpoints.claimWork, { body: claim, signal }),
    renewLease: (id: string, fence: number, signal: AbortSignal) =>
      ask<LeaseAnswer>(endpoints.renewLease, { id, body: { fence }, signal }),
    reportWork: (id: string, request: ReportRequest, signal: AbortSignal) =>
      ask<LeaseAnswer>(endpoints.reportWork, { id, body: request, signal }),
    nextTrack: (signal?: AbortSignal) => ask<NextTrack>(endpoints.nextTrack, { signal }),
  };
}

function authorizationOf(token: string | undefined, shareToken: string | undefined): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  return shareToken === undefined ? {} : { authorization: `Share ${shareToken}` };
}

async function call<T>(http: AxiosInstance, endpoint: Endpoint, options: CallOptions): Promise<T> {
  const { answer } = endpoint as { answer?: z.ZodType<T> }; // the table pairs each call with its answer
  try {
    const response = await http.request<unknown>({
      method: endpoint.method,
      url: endpoint.path.replace(':id', encodeURIComponent(options.id ?? '')),
      data: options.body,
      params: options.query,
      headers: options.headers ?? {},
      ...(options.signal ? { signal: options.signal } : {}),
    });
    return answer ? answer.parse(response.data) : (undefined as T);
  } catch (error) {
    throw asApiError(error);
  }
}

function asApiError(error: unknown): Error {
  if (!(error instanceof AxiosError))
    return new ApiUnavailable('the API answered something unexpected', { cause: error });
  // The axios error itself holds the token in its headers, so only its code goes on.
  if (!error.response) return new ApiUnavailable('the API does not answer', { cause: error.code });
  const document = ProblemDocument.safeParse(error.response.data);
  if (!document.success) return new ApiUnavailable(`the API answered ${error.response.status} without a problem`);
  if (document.data.code === 'server-starting') return new ApiUnavailable('the edge says that the API does not answer');
  return Problem.fromDocument(document.data, retryAfterOf(error.response.headers));
}

/** `Retry-After` as whole seconds (RFC 9110, 10.2.3); a date, which we never send, counts as none. */
function retryAfterOf(headers: Record<string, unknown>): number | undefined {
  const value = headers['retry-after'];
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}
