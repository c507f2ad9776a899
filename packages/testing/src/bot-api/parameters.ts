import type { IncomingMessage } from 'node:http';
import { badRequest, BotApiFailure } from './failure.ts';

/** The parameters of one call, however they came: query, JSON, form, or multipart (files are given as their sizes). */
export type CallParameters = Readonly<Record<string, unknown>>;

/** The cloud's limit for uploads. */
const MAX_BODY_BYTES = 50 * 1024 * 1024;

export async function readParameters(request: IncomingMessage, query: URLSearchParams): Promise<CallParameters> {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  const fromQuery = Object.fromEntries(query);
  if (body.length === 0) return fromQuery;
  if (type.startsWith('application/json')) return { ...fromQuery, ...parseJsonBody(body) };
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
  if (type.startsWith('multipart/form-data')) return { ...fromQuery, ...parseMultipart(body, type) };
  return fromQuery;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk as Uint8Array); // an IncomingMessage without encoding yields bytes
    bytes += buffer.length;
    if (bytes > MAX_BODY_BYTES) throw new BotApiFailure(413, 'Request Entity Too Large');
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}

/** RFC 7578, as far as Bot API clients use it. */
function parseMultipart(body: Buffer, type: string): CallParameters {
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1];
  if (boundary === undefined) throw badRequest('multipart without a boundary');
  const fields: Record<string, unknown> = {};
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, end);
    const content = Buffer.from(part.slice(end + 4, -2), 'latin1');
    const name = /\bname="([^"]*)"/i.exec(head)?.[1] ?? '';
    fields[name] = /\bfilename=/i.test(head) ? { bytes: content.length } : content.toString('utf8');
  }
  return fields;
}

function parseJsonBody(body: Buffer): CallParameters {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isRecord(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest("can't parse JSON object");
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(parameters: CallParameters, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** An integer, also when it came as text; undefined when it is neither. */
export function integerOf(parameters: CallParameters, name: string): number | undefined {
  const text = textOf(parameters, name);
  return text !== undefined && /^-?\d{1,16}$/.test(text) ? Number(text) : undefined;
}

/** An object or array, also when it came as JSON text, as forms send it. */
export function structureOf(parameters: CallParameters, name: string): unknown {
  const value = parameters[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch (error) {
    throw badRequest(`can't parse ${name} JSON object (${error instanceof Error ? error.name : 'error'})`);
  }
}

/** @throws {BotApiFailure} 400 when it is missing. */
export function chatIdOf(parameters: CallParameters): number {
  const id = integerOf(parameters, 'chat_id');
  if (id === undefined) throw badRequest('chat_id is empty');
  return id;
}

/** @throws {BotApiFailure} 400 when it is missing. */
export function messageIdOf(parameters: CallParameters): number {
  const id = integerOf(parameters, 'message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  return id;
}
