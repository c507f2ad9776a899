import type { ChildCounts } from '@linkcast/contracts';

/** The numbers of the children of a job, in the bot and on the site. */
export const childCounts = ({ ready, failed, total }: Pick<ChildCounts, 'ready' | 'failed' | 'total'>): string =>
  `готово ${ready} из ${total}${failed > 0 ? `, с ошибкой: ${failed}` : ''}`;
