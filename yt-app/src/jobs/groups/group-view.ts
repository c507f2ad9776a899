import { isEnded, type Job, type Progress } from '@linkcast/contracts';
import { problemDocument, timestamp, timestampOrNull } from '../job-view.ts';
import type { JobGroup } from './group-children.ts';

/** A parent job as the API shows it. It has no item of its own. */
export function groupView(group: JobGroup, progressOf: (jobId: string) => Progress | undefined): Job {
  const { state, counts, problem } = group;
  return {
    ...{ id: group.id, parentId: null, children: counts, state },
    ...{ type: group.type, url: group.url, quality: group.quality, title: group.title },
    progress: groupProgress(group, progressOf),
    ...{ playable: false, handling: null, attempt: 0, mediaId: null, damage: null, repairs: null, fromItem: null },
    links: { page: null, hls: null, file: null },
    ...{ requesterId: group.personId, visibility: group.visibility },
    problem: problem && problemDocument(problem),
    ...{ retry: null, live: null, tried: [] },
    createdAt: timestamp(group.createdAt),
    startedAt: timestampOrNull(group.startedAt),
    playableAt: null,
    finishedAt: isEnded(state) ? timestampOrNull(group.finishedAt) : null,
  };
}

/** The progress of the whole: each child counts the same, because nobody knows the sizes of those that wait. */
function groupProgress(
  { counts, bytes, runningIds }: JobGroup,
  progressOf: (jobId: string) => Progress | undefined,
): Progress {
  const running = runningIds.flatMap((id) => progressOf(id) ?? []);
  const done = counts.ready + counts.failed + counts.cancelled;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    ratio: Math.min(1, (done + sum(running.map(({ ratio }) => ratio ?? 0))) / counts.total),
    bytes: bytes + sum(running.map((progress) => progress.bytes)),
    totalBytes: null,
    bytesPerSecond: running.length === 0 ? null : sum(running.map(({ bytesPerSecond }) => bytesPerSecond ?? 0)),
    etaSeconds: null,
  };
}
