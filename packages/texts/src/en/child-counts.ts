import type { ChildCounts } from '@linkcast/contracts';

/** The numbers of the children of a job, in the bot and on the site. */
export const childCounts = ({ ready, failed, total }: Pick<ChildCounts, 'ready' | 'failed' | 'total'>): string =>
  `${ready} of ${total} ready${failed > 0 ? `, ${failed} failed` : ''}`;
