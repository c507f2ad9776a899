import type { siteActivity as english } from '../../en/site/activity.ts';
import type { Translation } from '../../translation.ts';

export const siteActivity = {
  activity: {
    heading: 'Журнал',
    open: 'Журнал',
    hint: 'Кто и что делал за последние 90 дней.',
    unnamed: 'Без имени',
    everybody: 'Все',
    personLabel: 'Человек',
    kindLabel: 'Что',
    everything: 'Всё',
    kinds: {
      'signed-in': 'Входы',
      'signed-out': 'Выходы',
      joined: 'Новые люди',
      removed: 'Удалённые люди',
      'item-deleted': 'В корзину',
      'item-purged': 'Удалено навсегда',
      'item-renamed': 'Переименования',
      shared: 'Ссылки для гостей',
      'rule-changed': 'Правила удаления',
      'role-changed': 'Роли',
      'notice-opened': 'Уведомления',
      'backup-made': 'Резервные копии',
      started: 'Запуски',
    },
    empty: 'Пока пусто',
    emptyHint: 'Здесь появится то, что делают люди.',
    more: 'Показать ещё',
    loading: 'Загружается журнал',
  },
} satisfies Translation<typeof english>;
