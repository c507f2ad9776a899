import type { deliveries as english } from '../../en/bot/deliveries.ts';
import { formatsOf } from '../../formats/formats.ts';

const { deadline } = formatsOf('ru');

export const deliveries: typeof english = {
  inGroup: 'На это я отвечаю только в личном чате: /deliveries',
  heading: 'Последние доставки:',
  none: 'Пока ничего не доставлено. Получателей добавляют на странице настроек сайта.',
  state: {
    queued: '⏳ ожидает',
    running: '📤 отправляется',
    delivered: '✅ доставлено',
    failed: '❌ не удалось',
    cancelled: '✖️ отменено',
  },
  to: (target) => `в «${target}»`,
  next: (at) => `следующая попытка: ${deadline(at)}`,
};
