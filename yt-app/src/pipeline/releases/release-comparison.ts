import { isProblem, type ProblemType } from '@linkcast/contracts';
import type { YtDlp } from '../programs/ytdlp.ts';

/** The yt-dlp before the present one. */
export interface EarlierYtDlp {
  readonly ytDlp: YtDlp;
  /** Called when the present one fails, twice, where this one works. */
  readonly onRegression: () => Promise<void>;
}

/** Problems that a release may cause. Others are those of the source or of the machine. */
const SUSPECT: readonly ProblemType[] = ['source-extractor', 'source-unsupported', 'downloader-unavailable'];

/**
 * Wraps a yt-dlp: a link that it cannot read is read with the one before, and, when that works, once more: a source may answer each
 * time differently. A regression is reported, and what the one before has read is the answer.
 *
 * @param findEarlier returns undefined when nothing is to be compared now.
 */
export function compareOnFailure(ytDlp: YtDlp, findEarlier: () => Promise<EarlierYtDlp | undefined>): YtDlp {
  const read = async <Answer>(attempt: (each: YtDlp) => Promise<Answer>): Promise<Answer> => {
    try {
      return await attempt(ytDlp);
    } catch (error) {
      const earlier = isSuspect(error) ? await findEarlier() : undefined;
      if (!earlier) throw error;
      return compare(attempt, { ytDlp, earlier, error });
    }
  };
  return {
    ...ytDlp,
    resolve: (url, run) => read((each) => each.resolve(url, run)),
    list: (url, run) => read((each) => each.list(url, run)),
    readListing: (url, run) => read((each) => each.readListing(url, run)),
  };
}

interface Comparison {
  readonly ytDlp: YtDlp;
  readonly earlier: EarlierYtDlp;
  /** The failure of `ytDlp`. */
  readonly error: unknown;
}

async function compare<Answer>(
  attempt: (each: YtDlp) => Promise<Answer>,
  { ytDlp, earlier, error }: Comparison,
): Promise<Answer> {
  const [answer] = await Promise.allSettled([attempt(earlier.ytDlp)]);
  if (answer.status === 'rejected') throw error;
  const [again] = await Promise.allSettled([attempt(ytDlp)]);
  if (again.status === 'fulfilled') return again.value;
  if (isSuspect(again.reason)) await earlier.onRegression();
  return answer.value;
}

function isSuspect(error: unknown): boolean {
  return isProblem(error) && SUSPECT.includes(error.code);
}
