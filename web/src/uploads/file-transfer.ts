import { endpoints, ProblemDocument, type MediaType, type Visibility } from '@linkcast/contracts';
import type { DetailedError, Upload } from 'tus-js-client';

/** Receives what a transfer has reached. */
export interface TransferEvents {
  /** Bytes that the server has, or that are on their way to it. */
  readonly onSent: (bytes: number) => void;
  /** The server has all bytes. @param jobId null: the answer came without it. */
  readonly onWhole: (jobId: string | null) => void;
  readonly onRefused: (problem: ProblemDocument) => void;
  /** The server cannot be reached, after several attempts. */
  readonly onLost: () => void;
}

export interface TransferOptions {
  readonly type: MediaType;
  readonly visibility?: Visibility;
}

/** One file on its way to the server. */
export interface Transfer {
  /** Sends the bytes that the server does not have. */
  start(): void;
  /** Stops sending; the server keeps what it has. */
  pause(): void;
  /** Gives the upload up, and removes what the server has. */
  end(): void;
}

/** Pauses before the attempts after a lost connection, in milliseconds. */
const RETRY_DELAYS = [500, 1000, 3000, 10_000];

/**
 * Prepares the transfer of a file. An upload of the same file that was interrupted earlier, also by closing the page, is continued.
 * The only file that knows tus-js-client, which is loaded with the first file.
 */
export async function openTransfer(file: File, options: TransferOptions, events: TransferEvents): Promise<Transfer> {
  const tus = await import('tus-js-client');
  const upload = new tus.Upload(file, {
    endpoint: endpoints.createUpload.path,
    retryDelays: RETRY_DELAYS,
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, filetype: file.type, ...options },
    fingerprint: () => Promise.resolve(fingerprintOf(file, options)),
    onShouldRetry: (error) => isUnreachable(error),
    onProgress: (sent) => events.onSent(sent),
    onSuccess: ({ lastResponse }) => events.onWhole(lastResponse.getHeader('upload-job') ?? null),
    onError: (error) => fail(error, events),
  });
  await continueEarlier(upload);
  return {
    start: () => upload.start(),
    pause: () => void upload.abort(),
    end: () => void upload.abort(true).catch(() => undefined), // it expires by itself
  };
}

async function continueEarlier(upload: Upload): Promise<void> {
  const [earlier] = await upload.findPreviousUploads();
  if (earlier) upload.resumeFromPreviousUpload(earlier);
}

function fingerprintOf({ name, type, size, lastModified }: File, options: TransferOptions): string {
  return ['linkcast', name, type, size, lastModified, options.type, options.visibility ?? ''].join('/');
}

/** A later attempt may succeed: no answer, or none of yt-app's own. */
function isUnreachable({ originalResponse: answer }: DetailedError): boolean {
  return answer === null || problemIn(answer.getBody()) === null || answer.getStatus() === 409;
}

function fail(error: Error | DetailedError, { onRefused, onLost }: TransferEvents): void {
  const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
  const problem = problemIn(body ?? '');
  if (problem === null) onLost();
  else onRefused(problem);
}

function problemIn(body: string): ProblemDocument | null {
  try {
    const problem = ProblemDocument.parse(JSON.parse(body));
    return problem.code === 'server-starting' ? null : problem; // of the edge: yt-app does not answer
  } catch {
    return null; // an answer of something between the page and yt-app
  }
}
