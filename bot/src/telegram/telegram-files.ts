import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { Problem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { TelegramError, type Telegram } from 'telegraf';
import { asTelegrafSignal, describeFailure } from './messenger.ts';

/** Telegram gives bots no file of this size: 20 MB from the cloud. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** A file on Telegram's server that is being read. */
export interface OpenFile {
  readonly bytes: number;
  /** The bytes from a place on. Called once at most. */
  read(from: number): Readable;
  /** Ends the reading. */
  close(): Promise<void>;
}

/** Reads the files of messages. */
export interface TelegramFiles {
  /**
   * @throws {FileTooLarge}
   * @throws {Problem} source-not-found when Telegram has no such file, source-unreachable when it does not answer.
   */
  open(fileId: string, signal: AbortSignal): Promise<OpenFile>;
}

export interface TelegramFilesOptions {
  readonly telegram: Pick<Telegram, 'callApi'>;
  readonly token: string;
  readonly apiRoot: string;
  readonly logger: Pick<Logger, 'warn'>;
}

/** For a file of 20 MB on a slow line, and the largest of a local server. */
const LIMIT_MS = 600_000;

export function createTelegramFiles({ telegram, token, apiRoot, logger }: TelegramFilesOptions): TelegramFiles {
  const find = async (fileId: string, signal: AbortSignal): Promise<{ place: string; bytes: number | undefined }> => {
    const limit = { signal: asTelegrafSignal(signal) };
    const { file_path: place, file_size: bytes } = await telegram.callApi('getFile', { file_id: fileId }, limit);
    if (place === undefined) throw new Problem('source-not-found');
    return { place, bytes };
  };

  return {
    async open(fileId, caller) {
      const signal = AbortSignal.any([caller, AbortSignal.timeout(LIMIT_MS)]);
      try {
        const { place, bytes } = await find(fileId, signal);
        // A local server has downloaded the file, and gives its place on the disk that both share.
        if (path.isAbsolute(place)) return await openLocal(place);
        return await openRemote(`${apiRoot}/file/bot${token}/${place}`, bytes, signal);
      } catch (error) {
        throw causeOf(error, logger);
      }
    },
  };
}

async function openLocal(file: string): Promise<OpenFile> {
  const { size } = await stat(file);
  return { bytes: size, read: (from) => createReadStream(file, { start: from }), close: () => Promise.resolve() };
}

/** @param url contains the token. */
async function openRemote(url: string, knownBytes: number | undefined, signal: AbortSignal): Promise<OpenFile> {
  const { ok, status, body, headers } = await fetch(url, { signal, redirect: 'error' });
  const bytes = knownBytes ?? Number(headers.get('content-length'));
  if (!ok || !body || !Number.isSafeInteger(bytes) || bytes === 0) {
    await body?.cancel();
    throw new Problem(status === 404 ? 'source-not-found' : 'source-unreachable');
  }
  let source: Readable | undefined;
  return {
    bytes,
    read(from) {
      source = Readable.from(skip(body, from));
      return source;
    },
    async close() {
      if (source) source.destroy();
      else await body.cancel();
    },
  };
}

async function* skip(body: ReadableStream<Uint8Array>, from: number): AsyncGenerator<Uint8Array, void> {
  let left = from;
  for await (const chunk of body) {
    if (chunk.length > left) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/** The reason for which a file could not be read. Errors of fetch and telegraf may quote the address, which contains the token. */
function causeOf(error: unknown, logger: Pick<Logger, 'warn'>): Error {
  if (error instanceof Problem) return error;
  logger.warn({ reason: describeFailure(error) }, 'file not read from telegram');
  if (!(error instanceof TelegramError) || error.code !== 400) return new Problem('source-unreachable');
  return /file is too big/i.test(error.description) ? new FileTooLarge() : new Problem('source-not-found');
}
