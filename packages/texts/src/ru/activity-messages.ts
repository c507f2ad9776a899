import type { activityMessages as english } from '../en/activity-messages.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { bytes, counted, date, number } = formatsOf('ru');

const titleOf = ({ title }: { title?: string }): string => title ?? 'личная запись';
const nameOf = (name: string | null): string => name ?? 'без имени';
interface Rule {
  watchedDays: number | null;
  unwatchedDays: number | null;
  keepLast: number | null;
  scope?: string;
}
const ruleOf = ({ watchedDays, unwatchedDays, keepLast, scope }: Rule): string => {
  const days = (count: number): string => counted(count, { one: 'день', few: 'дня', many: 'дней', other: 'дня' });
  const parts = [
    ...(watchedDays === null ? [] : [`просмотренное удаляется через ${days(watchedDays)}`]),
    ...(unwatchedDays === null ? [] : [`вопрос о непросмотренном через ${days(unwatchedDays)}`]),
    ...(keepLast === null
      ? []
      : [
          scope === undefined
            ? `у каждого остаются последние ${number(keepLast)}`
            : `остаются последние ${number(keepLast)}`,
        ]),
  ];
  return parts.length === 0 ? 'всё остаётся' : parts.join(', ');
};
const ruledOf = (name: string | null | undefined, scope: string | undefined): string => {
  if (scope !== undefined) return 'подборка';
  return name === undefined ? 'библиотека' : nameOf(name);
};
const roleOf = (role: string): string => (role === 'owner' ? 'владелец' : 'участник');

export const activityMessages = {
  'activity-signed-in': ({ device }) => `Вход: ${device}`,
  'activity-signed-out': ({ name, device }) =>
    name === undefined ? `Выход: ${device}` : `Выход на устройстве (${nameOf(name)}): ${device}`,
  'activity-signed-out-everywhere': ({ count }) =>
    `Выход на всех устройствах: ${counted(count, { one: 'устройство', few: 'устройства', many: 'устройств', other: 'устройства' })}`,
  'activity-invited': ({ role, uses }) =>
    `Создано приглашение, роль: ${roleOf(role)}, на ${counted(uses, { one: 'человека', few: 'человека', many: 'человек', other: 'человека' })}`,
  'activity-invitation-revoked': ({ role }) => `Приглашение отозвано, роль: ${roleOf(role)}`,
  'activity-joined': ({ role }) => `Вступление, роль: ${roleOf(role)}`,
  'activity-removed': ({ name }) => `Удаление человека: ${nameOf(name)}`,
  'activity-role-changed': ({ name, role }) => `Новая роль (${nameOf(name)}): ${roleOf(role)}`,
  'activity-limits-changed': ({ name }) => `Изменены ограничения: ${nameOf(name)}`,
  'activity-default-limits-changed': () => 'Изменены ограничения для всех участников',
  'activity-key-made': ({ key }) => `Создан личный ключ: ${key}`,
  'activity-key-revoked': ({ key }) => `Отозван личный ключ: ${key}`,
  'activity-passkey-registered': ({ passkey }) => `Добавлен ключ доступа: ${passkey}`,
  'activity-passkey-revoked': ({ name, passkey }) => `Отозван ключ доступа (${nameOf(name)}): ${passkey}`,
  'activity-telegram-connected': () => 'Подключён аккаунт Telegram',
  'activity-telegram-disconnected': () => 'Аккаунт Telegram отключён',
  'activity-shared': (facts) => `Создана ссылка для гостей: ${titleOf(facts)}`,
  'activity-station-shared': () => 'Создана ссылка для гостей на радио',
  'activity-share-revoked': ({ title }) =>
    title === undefined ? 'Ссылка для гостей отозвана' : `Ссылка для гостей отозвана: ${title}`,
  'activity-item-deleted': (facts) => `В корзину: ${titleOf(facts)}`,
  'activity-item-restored': (facts) => `Восстановлено из корзины: ${titleOf(facts)}`,
  'activity-item-purged': (facts) => `Удалено навсегда: ${titleOf(facts)}`,
  'activity-made-private': (facts) => `Скрыто от других: ${titleOf(facts)}`,
  'activity-made-visible': (facts) => `Теперь видно всем: ${titleOf(facts)}`,
  'activity-item-renamed': ({ title, former }) =>
    title === undefined || former === undefined ? 'Переименована личная запись' : `Переименовано: ${former} → ${title}`,
  'activity-rule-changed': ({ name, ...rule }) => `Изменено правило (${ruledOf(name, rule.scope)}): ${ruleOf(rule)}`,
  'activity-rule-removed': ({ name, scope }) => `Правило удалено (${ruledOf(name, scope)})`,
  'activity-profiles-changed': () => 'Изменены профили сайтов-источников',
  'activity-delivery-target-made': ({ target }) => `Добавлен получатель доставки: ${target}`,
  'activity-delivery-target-removed': ({ target }) => `Удалён получатель доставки: ${target}`,
  'activity-followed': () => 'Новая подписка на список',
  'activity-unfollowed': ({ name }) =>
    name === undefined ? 'Отмена подписки на список' : `Отменена подписка (${nameOf(name)})`,
  'activity-backup-made': (facts) => `Создана резервная копия, ${bytes(facts.bytes)}`,
  'activity-backup-restored': ({ at }) => `Восстановлена резервная копия ${date(at)}`,
  'activity-started': ({ version }) => `Запуск версии ${version} с её настройками`,
  'activity-notice-opened': () => 'Новое уведомление:',
  'activity-notice-closed': () => 'Больше не актуально:',
} satisfies Translation<typeof english>;
