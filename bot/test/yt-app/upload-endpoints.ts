import type { IncomingMessage, ServerResponse } from 'node:http';
import { MediaType, type Job } from '@linkcast/contracts';

/** A file that the bot has uploaded, as far as it has come. */
export interface ReceivedUpload {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly type: MediaType;
  readonly bytes: number;
  content: Buffer;
  jobId: string | null;
}

/** The uploads of yt-app's API. */
export function createUploadEndpoints() {
  const uploads: ReceivedUpload[] = [];
  let cutAfter: number | undefined;

  const begin = ({ headers }: Pick<IncomingMessage, 'headers'>): ReceivedUpload => {
    const key = String(headers['idempotency-key']);
    const known = uploads.find((upload) => upload.key === key);
    if (known) return known;
    const pairs = String(headers['upload-metadata']).split(',');
    const values = new Map(pairs.map((pair) => pair.split(' ') as [string, string])); // the bot's own client wrote them
    const read = (name: string): string => Buffer.from(values.get(name) ?? '', 'base64').toString();
    const [name, type] = [read('filename'), MediaType.parse(read('type'))];
    const identity = { id: `upload${uploads.length}`, key, name, type, bytes: Number(headers['upload-length']) };
    const upload = { ...identity, content: Buffer.alloc(0), jobId: null };
    uploads.push(upload);
    return upload;
  };
  const receive = async (upload: ReceivedUpload, request: IncomingMessage): Promise<void> => {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      upload.content = Buffer.concat([upload.content, chunk]);
      if (cutAfter === undefined || upload.content.length < cutAfter) continue;
      upload.content = upload.content.subarray(0, cutAfter);
      cutAfter = undefined;
      request.destroy();
      return;
    }
  };
  const answer = (response: ServerResponse, status: number, upload?: ReceivedUpload): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    if (!upload) response.end();
    else {
      const { id, type, bytes, content, jobId, name: title } = upload;
      response.end(JSON.stringify({ id, title, type, bytes, offset: content.length, expiresAt: null, jobId }));
    }
  };

  return {
    all: (): readonly ReceivedUpload[] => uploads,
    /** Loses the connection of the next upload after so many bytes. */
    cutNext: (bytes: number) => void (cutAfter = bytes),
    /** @param create makes the job of a whole file. */
    async take(request: IncomingMessage, response: ServerResponse, create: (upload: ReceivedUpload) => Job) {
      if (request.method === 'POST') {
        answer(response, 201, begin(request));
        return;
      }
      const upload = uploads.find(({ id }) => request.url?.endsWith(`/${id}`));
      if (!upload) throw new Error('no such upload');
      if (request.method === 'PATCH') {
        if (Number(request.headers['upload-offset']) !== upload.content.length) throw new Error('a wrong offset');
        await receive(upload, request);
        if (upload.content.length === upload.bytes) upload.jobId = create(upload).id;
        answer(response, 204);
      } else answer(response, 200, upload);
    },
  };
}
