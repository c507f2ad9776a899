import type { ShareRequest, SignIn, SignInCodeRequest } from '../access/access.ts';
import type { JobState } from '../jobs/job-state.ts';
import type { JobRequest } from '../jobs/job-request.ts';
import type { PlaylistChoice } from '../library/playlist.ts';
import type { WorkClaim } from '../jobs/work.ts';
import type { ReportRequest } from '../jobs/work-report.ts';
import { createDeliveryCalls } from './delivery-calls.ts';
import { createFollowingCalls } from './following-calls.ts';
import { createLibraryCalls } from './library-calls.ts';
import { createPeopleCalls } from './people-calls.ts';
import { createSourceCalls } from './source-calls.ts';
import { createUploadCalls } from './upload-calls.ts';
import { createTransport, READ_LIMIT_MS, type ApiClientOptions } from './transport.ts';

interface SubmissionOptions {
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** The choice for a link that is a list. Default: that of the API, `one`. */
  readonly playlist?: PlaylistChoice;
}

/** The typed client of yt-app's API. A call throws a Problem for an expected refusal, ApiUnavailable when there is no answer. */
export type ApiClient = ReturnType<typeof createApiClient>;

export function createApiClient(options: ApiClientOptions = {}) {
  const call = createTransport(options);
  return {
    ...createPeopleCalls(call),
    ...createLibraryCalls(call),
    ...createUploadCalls(call),
    ...createFollowingCalls(call),
    ...createSourceCalls(call),
    ...createDeliveryCalls(call),
    createJob: (request: JobRequest, options: SubmissionOptions = {}) =>
      call('createJob', submissionOf(request, options), submissionSettings(options)),
    probe: (url: string, signal?: AbortSignal) =>
      call('probe', { query: { url } }, { signal, timeoutMs: READ_LIMIT_MS }),
    listJobs: (query: { state?: JobState; limit?: number; cursor?: string } = {}) => call('listJobs', { query }),
    getJob: (id: string) => call('getJob', { id }),
    cancelJob: (id: string) => call('cancelJob', { id }),
    retryJob: (id: string) => call('retryJob', { id }),
    stopJob: (id: string) => call('stopJob', { id }),
    getStation: () => call('getStation', {}),
    requestTrack: (mediaId: string) => call('requestTrack', { body: { mediaId } }),
    skipTrack: () => call('skipTrack', {}),
    getCaller: () => call('getCaller', {}),
    signIn: (request: SignIn) => call('signIn', { body: request }),
    signOut: () => call('signOut', {}),
    listSessions: () => call('listSessions', {}),
    endSession: (id: string) => call('endSession', { id }),
    endOwnSessions: () => call('endOwnSessions', {}),
    createSignInCode: (request: SignInCodeRequest = {}) => call('createSignInCode', { body: request }),
    shareMedia: (id: string, request: ShareRequest = {}) => call('shareMedia', { id, body: request }),
    listShares: (id: string) => call('listShares', { id }),
    shareStation: (request: ShareRequest = {}) => call('shareStation', { body: request }),
    listStationShares: () => call('listStationShares', {}),
    revokeShare: (id: string) => call('revokeShare', { id }),
    health: () => call('health', {}),
    diagnose: () => call('diagnose', {}),
    claimWork: (claim: WorkClaim, signal: AbortSignal) => call('claimWork', { body: claim }, { signal }),
    issueUpdateTicket: (signal: AbortSignal) => call('issueUpdateTicket', {}, { signal }),
    renewLease: (id: string, fence: number, signal: AbortSignal) =>
      call('renewLease', { id, body: { fence } }, { signal }),
    reportWork: (id: string, request: ReportRequest, signal: AbortSignal) =>
      call('reportWork', { id, body: request }, { signal }),
    nextTrack: (signal?: AbortSignal) => call('nextTrack', {}, { signal }),
  };
}

function submissionOf(body: JobRequest, { playlist }: SubmissionOptions) {
  return { body, ...(playlist === undefined ? {} : { query: { playlist } }) };
}

function submissionSettings({ idempotencyKey, signal, playlist }: SubmissionOptions) {
  return {
    signal,
    ...(playlist === 'ask' || playlist === 'all' ? { timeoutMs: READ_LIMIT_MS } : {}),
    ...(idempotencyKey === undefined ? {} : { headers: { 'idempotency-key': idempotencyKey } }),
  };
}
