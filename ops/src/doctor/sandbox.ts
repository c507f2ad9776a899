import type { DoctorTexts } from '@linkcast/texts';
import type { SandboxKind } from '@linkcast/kit';
import { bad, note, ok, type Finding } from './finding.ts';

/** Reports the sandbox that this machine has. A stack that runs in Docker uses the one in its image instead. */
export function checkSandbox(kind: SandboxKind, isStackUp: boolean, say: DoctorTexts): Finding {
  const subject = say.checks.sandbox;
  if (kind !== 'none') return ok(subject, say.sandboxes[kind]);
  return isStackUp ? note(subject, say.sandboxes.none) : bad(subject, say.sandboxes.none, say.fixSandbox);
}
