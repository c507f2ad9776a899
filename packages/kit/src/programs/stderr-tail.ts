import type { ChildProcess } from 'node:child_process';
import { createLineReader } from './line-reader.ts';
import type { ProgramOptions } from './program.ts';

const STDERR_TAIL_BYTES = 4096;

/**
 * Reads standard error line by line, and keeps the end of what `onStderrLine` did not take for progress. After too much of it, the
 * rest is not read any more.
 *
 * @returns a function that gives it.
 */
export function keepStderrTail(
  child: ChildProcess,
  { onStderrLine, maxStderrBytes = Number.POSITIVE_INFINITY }: Pick<ProgramOptions, 'onStderrLine' | 'maxStderrBytes'>,
  onTooMuch: () => void,
): () => string {
  let tail = '';
  let kept = 0;
  const reader = createLineReader((line) => {
    if (kept > maxStderrBytes || onStderrLine?.(line) === true) return;
    tail = `${tail}${line}\n`.slice(-STDERR_TAIL_BYTES);
    kept += line.length + 1;
  });
  const read = (chunk: Buffer): void => {
    reader.push(chunk);
    if (kept <= maxStderrBytes) return;
    child.stderr?.off('data', read);
    child.stderr?.resume();
    onTooMuch();
  };
  child.stderr?.on('data', read);
  child.stderr?.on('end', reader.end);
  return () => tail.trimEnd();
}
