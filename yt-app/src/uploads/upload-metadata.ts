import path from 'node:path';
import { MediaType, Visibility } from '@linkcast/contracts';
import { sourceTitle } from '../pipeline/source/source-title.ts';
import { InvalidRequest } from '../invalid-request.ts';

/** The description of a file by the client that uploads it. Nothing of it becomes a path, or decides how the bytes are read. */
export interface UploadMetadata {
  readonly title: string;
  readonly type: MediaType;
  /** Undefined: as the person prefers. */
  readonly visibility: Visibility | undefined;
}

const MAX_CHARACTERS = 8192;
const PAIR = /^([\w-]{1,40})(?: ([A-Za-z0-9+/]*={0,2}))?$/;

/**
 * Reads the header `Upload-Metadata` of tus. Unknown names are overlooked: clients send some of their own.
 *
 * @throws {InvalidRequest} for a header in another form, and for an unknown `type` or `visibility`.
 */
export function readUploadMetadata(header: string): UploadMetadata {
  const values = readPairs(header);
  const isSound = /^audio\//i.test(values.get('filetype') ?? '');
  return {
    title: ownFileTitle(values.get('filename') ?? values.get('name') ?? ''),
    type: chosen(MediaType, values.get('type')) ?? (isSound ? 'audio' : 'video'),
    visibility: chosen(Visibility, values.get('visibility')),
  };
}

/** The title of a file: its name as plain text in one line, without folders and without the extension. */
export function ownFileTitle(name: string): string {
  const base = path.posix.basename(name.replaceAll('\\', '/'));
  return sourceTitle({ id: '', title: base.replace(/(?<=.)\.[a-z0-9]{1,5}$/i, '') });
}

function readPairs(header: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const pair of header.slice(0, MAX_CHARACTERS + 1).split(',')) {
    if (pair.trim() === '') continue;
    const [, name, value = ''] = PAIR.exec(pair.trim()) ?? [];
    if (name === undefined || header.length > MAX_CHARACTERS) throw faulty();
    values.set(name, Buffer.from(value, 'base64').toString('utf8'));
  }
  return values;
}

function chosen<Value>(
  schema: { safeParse(value: unknown): { readonly success: boolean; readonly data?: Value | undefined } },
  value: string | undefined,
): Value | undefined {
  if (value === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw faulty();
  return parsed.data;
}

function faulty(): InvalidRequest {
  return new InvalidRequest([{ field: 'Upload-Metadata', fault: { code: 'uploadMetadata' } }]);
}
