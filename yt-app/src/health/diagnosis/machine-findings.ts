import type { Finding, WorkClaim, WorkerMachine } from '@linkcast/contracts';
import { message } from '@linkcast/texts';
import { fault, fine, remark } from './finding.ts';

type Check = (machine: WorkerMachine) => Finding;

const CHECKS: Readonly<Record<'JavaScript runtime' | 'ffmpeg' | 'sandbox', Check>> = {
  'JavaScript runtime': ({ runtime }) =>
    runtime === null
      ? fault('JavaScript runtime', message('runtime-none'), message('do-install-runtime'))
      : fine('JavaScript runtime', message('runtime-found', { version: runtime })),
  ffmpeg({ ffmpeg }) {
    if (ffmpeg === null) return fault('ffmpeg', message('ffmpeg-none'), message('do-install-ffmpeg'));
    const { version, missingEncoders: names } = ffmpeg;
    return names.length === 0
      ? fine('ffmpeg', message('ffmpeg-found', { version }))
      : fault('ffmpeg', message('ffmpeg-lacks', { names }), message('do-install-ffmpeg'));
  },
  sandbox: ({ sandbox }) =>
    sandbox === 'none'
      ? fault('sandbox', message('sandbox-none'), message('do-install-sandbox'))
      : fine('sandbox', message(`sandbox-${sandbox}`)),
};

/** Checks the machines of the present workers: of several, one that is not in order counts. */
export function machineFindings(workers: readonly Pick<WorkClaim, 'machine'>[]): Finding[] {
  const machines = workers.flatMap(({ machine }) => machine ?? []);
  return Object.entries(CHECKS).map(([name, check]) => {
    const findings = machines.map(check);
    return findings.find(({ state }) => state === 'bad') ?? findings[0] ?? remark(name, message('worker-silent'));
  });
}
