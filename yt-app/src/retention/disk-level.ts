import type { NoticeSeverity } from '@linkcast/contracts';

/** The space of a disk, in bytes. */
export interface DiskSpace {
  readonly totalBytes: number;
  /** Space that may still be filled; below 0 when more is in use than may be. */
  readonly roomBytes: number;
}

export type DiskLevel = Exclude<NoticeSeverity, 'info'>;

/** A level begins when less than this part of the disk is left, and less than so many bytes: a large disk has room at 5 %. */
const LIMITS = {
  warning: { ratio: 0.05, bytes: 20e9 },
  critical: { ratio: 0.01, bytes: 2e9 },
} as const;
/** A level ends when so much more is left than at its beginning: downloads that come and go make no new notice. */
const RELEASE = 1.5;

/** The level of a disk; undefined while there is room. @param earlier the level at the last observation */
export function diskLevel(space: DiskSpace, earlier: NoticeSeverity | undefined): DiskLevel | undefined {
  if (isWithin('critical', space, earlier === 'critical')) return 'critical';
  return isWithin('warning', space, earlier !== undefined) ? 'warning' : undefined;
}

function isWithin(level: DiskLevel, { totalBytes, roomBytes }: DiskSpace, isInForce: boolean): boolean {
  const { ratio, bytes } = LIMITS[level];
  return roomBytes < Math.min(totalBytes * ratio, bytes) * (isInForce ? RELEASE : 1);
}

/** The room that ends the level `warning`, in bytes. */
export function releaseBytes(totalBytes: number): number {
  return Math.ceil(Math.min(totalBytes * LIMITS.warning.ratio, LIMITS.warning.bytes) * RELEASE);
}
