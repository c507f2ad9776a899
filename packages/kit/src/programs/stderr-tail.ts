import type { ChildProcess } from 'node:child_process';
import { createLineReader } from './line-reader.ts';

const STDERR_TAIL_BYTES = 4096;

/** Reads standard error line by line, and keeps the end of what `onLine` did not take for progress. @returns a function that gives it. */
export function keepStderrTail(child: ChildProcess, onLine: ((line: string) => boolean) | undefined): () => string {
  let tail = '';
  const reader = createLineReader((line) => {
    if (onLine?.(line) !== true) tail = `${tail}${line}\n`.slice(-STDERR_TAIL_BYTES);
  });
  child.stderr?.on('data', reader.push);
  child.stderr?.on('end', reader.end);
  return () => tail.trimEnd();
}
