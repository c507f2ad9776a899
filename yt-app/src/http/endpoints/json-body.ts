import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '@linkcast/contracts';
import express, { type RequestHandler } from 'express';

const MAX_BYTES = 16 * 1024;

/** Requires the JSON content type for every body, also where none is read: a form of another site cannot set it. */
const requireJson: RequestHandler = (request, _response, next) => {
  if (hasBody(request.headers) && !request.is('application/json')) throw new Problem('unsupported-media-type');
  next();
};

/** Requires a body of this content type, which the handler reads. */
export function requireContent(contentType: string): RequestHandler {
  return (request, _response, next) => {
    if (request.get('content-type') !== contentType) throw new Problem('unsupported-media-type');
    next();
  };
}

/** Reads a JSON body into `request.body`, not compressed. @param limit bytes */
export function readJsonBody(limit = MAX_BYTES): RequestHandler[] {
  return [requireJson, express.json({ limit, inflate: false })];
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
