import { isProblem, type ProblemType } from '@linkcast/contracts';

/** True for a problem of this type. */
export function hasCode(error: unknown, code: ProblemType): boolean {
  return isProblem(error) && error.code === code;
}
