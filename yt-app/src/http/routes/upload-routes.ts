import { endpoints, Problem, TUS_VERSION, type Upload } from '@linkcast/contracts';
import type { Express, Request, Response } from 'express';
import { personOf, type Identity } from '../../access/identity.ts';
import { InvalidRequest } from '../../invalid-request.ts';
import { readUploadMetadata } from '../../uploads/upload-metadata.ts';
import type { Uploads } from '../../uploads/uploads.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { idempotencyOf } from './job-routes.ts';

const WHOLE_NUMBER = /^\d{1,15}$/;

/** Binds the endpoints of uploads: tus 1.0 with the extensions creation, expiration and termination. */
export function bindUploadRoutes(bind: EndpointBinder, app: Express, uploads: Uploads): void {
  app.use(endpoints.createUpload.path, (_request, response, next) => {
    response.set('tus-resumable', TUS_VERSION);
    next();
  });
  bind.answer(endpoints.createUpload, async ({ identity, request, response }) => {
    requireVersion(request, response);
    const bytes = wholeNumber(request, 'Upload-Length');
    if (!bytes) throw new InvalidRequest([{ field: 'Upload-Length', fault: { code: 'uploadLength' } }]);
    const { visibility, ...metadata } = readUploadMetadata(request.get('upload-metadata') ?? '');
    const { id: personId, preferences } = requirePerson(identity);
    const preferred = visibility ?? preferences?.visibility ?? null;
    const key = idempotencyOf(request).idempotencyKey;
    const upload = await uploads.begin({ ...metadata, bytes, personId, visibility: preferred, key });
    response.location(endpoints.getUpload.path.replace(':id', upload.id));
    return described(upload, response);
  });
  bind.answer(endpoints.getUpload, async ({ params: { id }, identity, response }) =>
    described(await uploads.find(id, requirePerson(identity).id), response),
  );
  bind.answer(endpoints.continueUpload, async ({ params: { id }, identity, request, response }) => {
    requireVersion(request, response);
    const offset = wholeNumber(request, 'Upload-Offset');
    if (offset === undefined) throw new InvalidRequest([{ field: 'Upload-Offset', fault: { code: 'notWhole' } }]);
    const bytes = { offset, length: wholeNumber(request, 'Content-Length') ?? null, body: request };
    described(await uploads.add(id, requirePerson(identity).id, bytes), response);
    return undefined;
  });
  bind.answer(endpoints.endUpload, async ({ params: { id }, identity }) => {
    await uploads.end(id, requirePerson(identity).id);
    return undefined;
  });
}

/** Clients of other versions would take the offsets for something else. A script may leave the header out. */
function requireVersion(request: Request, response: Response): void {
  if ([undefined, TUS_VERSION].includes(request.get('tus-resumable'))) return;
  response.set('tus-version', TUS_VERSION);
  throw new Problem('unsupported-protocol');
}

function wholeNumber(request: Request, header: string): number | undefined {
  const value = request.get(header) ?? '';
  return WHOLE_NUMBER.test(value) ? Number(value) : undefined;
}

function requirePerson(identity: Identity): NonNullable<ReturnType<typeof personOf>> {
  const person = personOf(identity);
  if (!person) throw new Problem('forbidden');
  return person;
}

function described(upload: Upload, response: Response): Upload {
  const { offset, bytes, expiresAt, jobId } = upload;
  response.set({ 'upload-offset': String(offset), 'upload-length': String(bytes) });
  if (expiresAt !== null) response.set('upload-expires', new Date(expiresAt).toUTCString());
  if (jobId !== null) response.set('upload-job', jobId);
  return upload;
}
