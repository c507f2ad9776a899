import { texts } from '@linkcast/texts';
import type { SandboxKind } from '@linkcast/kit';
import { bad, note, ok, type Finding } from './finding.ts';

const say = texts.ops.doctor;

/** Says which sandbox this machine has. A stack that runs in Docker uses the one in its image instead. */
export function checkSandbox(kind: SandboxKind, isStackUp: boolean): Finding {
  const subject = say.checks.sandbox;
  if (kind !== 'none') return ok(subject, say.sandboxes[kind]);
  return isStackUp ? note(subject, say.sandboxes.none) : bad(subject, say.sandboxes.none, say.fixSandbox);
}
