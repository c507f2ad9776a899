import type { siteSettings as english } from '../en/site-settings.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { timeAgo } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteSettings = {
  passkeys: {
    heading: 'Ключи доступа',
    hint: 'Входите по отпечатку пальца, лицу или PIN-коду устройства, без кода.',
    signIn: 'Войти с ключом доступа',
    add: 'Добавить ключ доступа',
    adding: 'Ждём устройство…',
    added: 'Теперь вы можете входить с этим ключом доступа.',
    offerHeading: (name) => `Добро пожаловать, ${name}`,
    offerLead:
      'С ключом доступа вы сможете войти в любой момент — по отпечатку пальца, лицу или PIN-коду этого устройства. Без него после выхода понадобится новое приглашение.',
    later: 'Не сейчас',
    made: (at) => `Создан ${timeAgo(at)}`,
    used: (at) => `Использован ${timeAgo(at)}`,
    rename: 'Переименовать ключ доступа',
    renameOf: (name) => `Переименовать ${name}`,
    name: 'Название',
    renamed: 'Переименовано.',
    revoke: 'Отозвать',
    revokeOf: (name) => `Отозвать ${name}`,
    revokeHeading: (name) => `Отозвать ${name}?`,
    revokeHint:
      'Войти с ним больше не получится. Открытые сеансы сохранятся. Ключ можно удалить и на самом устройстве.',
    revoked: 'Этот ключ доступа больше не работает.',
    none: 'Нет.',
    elsewhere: (name) =>
      `Ключи доступа работают только по HTTPS на ${name}: откройте Linkcast там, чтобы добавить ключ.`,
    noName: (host) =>
      `На ${host} ключи доступа не работают: им нужно имя с HTTPS, которое владелец задаёт в DOMAIN_NAME.`,
    noBrowser: 'Этот браузер не поддерживает ключи доступа.',
    prompt: {
      cancelled: 'Ключ доступа не использован. Попробуйте ещё раз или введите код.',
      known: 'На этом устройстве уже есть ваш ключ доступа.',
      failed: 'Не получилось. Попробуйте ещё раз или введите код.',
    },
  },

  keys: {
    heading: 'Ключи API',
    hint: 'Для скрипта, быстрой команды или приложения, которое работает от вашего имени.',
    make: 'Создать ключ',
    makeHeading: 'Новый ключ API',
    name: 'Название',
    namePlaceholder: 'Команда на телефоне',
    may: 'Ключ позволяет',
    scopes: { watch: 'смотреть', add: 'добавлять', manage: 'управлять' },
    scopeHints: {
      watch: 'Видеть и включать библиотеку и радио',
      add: 'Отправлять ссылки, переименовывать, удалять, делиться',
      manage: 'Видеть людей и состояние сервера',
    },
    key: 'Ключ',
    keyHint: 'Он показан только один раз. У кого он есть, тот действует от вашего имени: храните его как пароль.',
    copy: 'Копировать',
    copied: 'Скопировано.',
    copyRefused: 'Браузер заблокировал буфер обмена. Скопируйте ключ из поля сами.',
    done: 'Готово',
    unused: (scopes) => `${scopes} · не использовался`,
    used: (scopes, at) => `${scopes} · использован ${timeAgo(at)}`,
    revoke: 'Отозвать',
    revokeOf: (name) => `Отозвать ${name}`,
    revokeHeading: (name) => `Отозвать ${name}?`,
    revokeHint: 'Всё, что использует этот ключ, сразу перестанет работать.',
    revoked: 'Этот ключ больше не работает.',
  },
} satisfies Translation<typeof english>;
