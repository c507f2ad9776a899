import { createCipheriv } from 'node:crypto';
import type { Answer } from './answer.ts';

/** The damaged bytes of a file. */
export interface Damage {
  readonly from: number;
  readonly bytes: number;
}

/** The same answer with noise in place of these bytes of the file, the same for each request; an answer for a range has its share of them. */
export function damaged(answer: Answer, { from, bytes }: Damage): Answer {
  const [, start = '0'] = /^bytes (\d+)-/.exec(String(answer.headers['content-range'] ?? '')) ?? [];
  return { ...answer, body: noisy(answer.body, from - Number(start), noise(bytes)) };
}

/** Bytes without any order, the same each time. */
function noise(bytes: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(bytes));
}

async function* noisy(body: Answer['body'], from: number, noise: Buffer): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of body) {
    const [first, end] = [from - at, from + noise.length - at].map((each) => Math.min(Math.max(each, 0), chunk.length));
    if (first === undefined || end === undefined || first === end) yield chunk;
    else {
      const damagedPart = noise.subarray(at + first - from, at + end - from);
      yield Buffer.concat([chunk.subarray(0, first), damagedPart, chunk.subarray(end)]);
    }
    at += chunk.length;
  }
}
