import { Problem, type WorkReport } from '@linkcast/contracts';

type Reported = Extract<WorkReport, { type: 'failed' }>['problem'];

/** The problem that a worker reports, with our own sentence. */
export function problemOf({ code, limit, host, startsAt }: Reported): Problem {
  return new Problem(code, {
    ...(limit === undefined ? {} : { limit }),
    ...(host === undefined ? {} : { host }),
    ...(startsAt === undefined ? {} : { startsAt }),
  });
}
