import { Problem, type ProblemType } from '@linkcast/contracts';

/** The problem of a target that is a folder, by the error code of a system call. */
const PROBLEMS: Readonly<Record<string, ProblemType>> = {
  ENOSPC: 'delivery-full',
  EDQUOT: 'delivery-full',
  EACCES: 'delivery-refused',
  EPERM: 'delivery-refused',
  EROFS: 'delivery-refused',
  EEXIST: 'delivery-refused',
  ENOTDIR: 'delivery-refused',
  ENAMETOOLONG: 'delivery-refused',
  EINVAL: 'delivery-refused',
  EIO: 'delivery-unreachable',
  ESTALE: 'delivery-unreachable',
  ENOENT: 'delivery-folder-unset',
};

/** The problem because of which a system call on the target failed; undefined: the error is another one. */
export function folderProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const type = PROBLEMS[error.code];
  return type && new Problem(type, {}, { cause: error });
}
