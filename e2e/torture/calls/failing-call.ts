import { writeFileSync } from 'node:fs';
import { z } from 'zod';

/** The call of a process that fails. */
export const FailingCall = z.object({
  /** Of which program of yt-app. */
  program: z.enum(['api', 'worker']),
  /** The call that fails, from 1, counted from the start of the process. */
  number: z.number().int().positive(),
  /** Written when the call fails. From then on, calls of later processes do not fail. */
  failedFile: z.string(),
  /** Written when the process ends by itself: the number of its calls. */
  countFile: z.string(),
});
export type FailingCall = z.infer<typeof FailingCall>;

export const FAILING_CALL = 'TORTURE_FAILING_CALL';

/** An error of the operating system, as Node makes them. */
export class SystemError extends Error {
  readonly code: string;
  readonly syscall: string;

  constructor(code: string, syscall: string) {
    super(`${code}: injected, ${syscall}`);
    this.code = code;
    this.syscall = syscall;
  }
}

/** Counts calls. `isNext` is true for the one that fails. */
export interface CallCounter {
  isNext(name: string): boolean;
}

const write = writeFileSync; // before it is replaced

export function createCallCounter({ number, failedFile, countFile }: FailingCall): CallCounter {
  let count = 0;
  process.on('exit', () => write(countFile, String(count)));
  return {
    isNext(name) {
      count += 1;
      if (count !== number) return false;
      write(failedFile, name);
      return true;
    },
  };
}
