import type { api as english } from '../en/api.ts';
import type { Translation } from '../translation.ts';

/** Russian: {@link english}. */
export const api = {
  extractingInfo: (reason) => `Error extracting info: ${reason}`,
  cancelled: 'Задание отменено.',
  faults: {
    missing: 'не указано',
    unknown: 'такого поля в этом запросе нет',
    idempotencyKey: 'должно содержать от 1 до 200 печатных символов',
    tooMany: 'и другие',
  },
  device: {
    browserOn: (browser, system) => `${browser}, ${system}`,
    unknown: 'Неизвестное устройство',
  },
  signInCode: {
    ytAppAway: 'Linkcast не отвечает. Он запущен?',
    refused: 'Linkcast отклоняет запрос. Возможно, этот порт занят другой установкой?',
  },
} satisfies Translation<typeof english>;
