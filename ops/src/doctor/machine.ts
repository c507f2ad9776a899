import type { DoctorTexts } from '@linkcast/texts';
import { existsSync } from 'node:fs';
import { askClockOffset, CLOCK_TOLERANCE_SECONDS } from '@linkcast/kit';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { checkPort, type NeededPort } from '../port-check.ts';
import { bad, note, ok, type Finding } from './finding.ts';

/** Checks that each port is free, or in use by Linkcast. */
export async function checkPorts(
  needed: readonly NeededPort[],
  isStackUp: boolean,
  say: DoctorTexts,
): Promise<Finding> {
  const subject = say.checks.ports;
  if (isStackUp) return ok(subject, say.portsOurs);
  const states = await Promise.all(needed.map(async (need) => ({ ...need, state: await checkPort(need.port) })));
  const taken = states.filter(({ state }) => state !== 'free').map(({ port, setting }) => `${port} (${setting})`);
  return taken.length === 0 ? ok(subject, say.portsFree) : bad(subject, say.portsTaken(taken.join(', ')), say.fixPorts);
}

/** Checks the free space for media. `limit` is the greatest used share of the disk, 0 to 1. */
export async function checkDisk(directory: string, limit: number, say: DoctorTexts): Promise<Finding> {
  const { bavail, blocks, bfree, bsize } = await statfs(nearestExisting(directory));
  const usedRatio = (blocks - bfree) / (blocks - bfree + bavail);
  const detail = say.disk(bavail * bsize, usedRatio);
  return usedRatio < limit ? ok(say.checks.disk, detail) : bad(say.checks.disk, detail, say.freeDisk);
}

function nearestExisting(directory: string): string {
  return existsSync(directory) ? directory : nearestExisting(path.dirname(directory));
}

/** Compares the clock with the `Date` of a web server; certificates and signed links need it right. */
export async function checkClock(url: string, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.clock;
  const offSeconds = await askClockOffset(url);
  if (offSeconds === undefined) return note(subject, say.clockUnknown);
  return offSeconds <= CLOCK_TOLERANCE_SECONDS
    ? ok(subject, say.clockKnown)
    : bad(subject, say.clockOff(offSeconds), say.fixClock);
}
