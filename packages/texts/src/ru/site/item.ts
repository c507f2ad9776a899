import type { siteItem as english } from '../../en/site/item.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, timeAgo } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteItem = {
  item: {
    mark: { video: 'Отметить просмотренным', audio: 'Отметить прослушанным' },
    marked: { video: 'Отмечено как просмотренное.', audio: 'Отмечено как прослушанное.' },
    unmark: { video: 'Снять отметку о просмотре', audio: 'Снять отметку о прослушивании' },
    unmarked: { video: 'Отметка о просмотре снята.', audio: 'Отметка о прослушивании снята.' },
    rename: 'Переименовать',
    renameHeading: 'Переименовать',
    title: 'Название',
    save: 'Сохранить',
    renamed: 'Переименовано.',
    delete: 'Удалить',
    deleteHeading: 'Переместить в корзину?',
    deleteHint: (title) =>
      `«${title}» можно восстановить из корзины в течение 7 дней или пока не понадобится место. После этого удаление станет окончательным.`,
    deleted: 'Перемещено в корзину.',
    undo: 'Отменить',
    restored: 'Восстановлено.',
    private: 'Личное',
    keep: 'Хранить всегда',
    unkeep: 'Больше не хранить',
    kept: 'Останется: правила это не удалят.',
    unkept: 'Правила снова могут это удалить.',
    makePrivate: 'Сделать личным',
    makeOpen: 'Показывать всем',
    madePrivate: 'Теперь это личное: видят только тот, кто добавил, и владельцы.',
    madeOpen: 'Теперь это видят все.',
    copyLink: 'Копировать ссылку',
    copyLinkForMembers: 'Копировать ссылку для участников',
    copied: 'Скопировано.',
    copyRefused: (address) => `Браузер не дал доступ к буферу обмена. Скопируйте вручную: ${address}`,
    requestOnRadio: 'Поставить следующим на радио',
    requested: 'Прозвучит на радио следующим.',
    damagedSource: (duration, places) =>
      `Около ${duration} не воспроизводится: источник передал эту часть повреждённой (${places}).`,
    damagedFiles:
      'Часть файлов пропала или повреждена. Отправьте ссылку ещё раз, чтобы получить новую копию, а эту удалите.',
    damagedFilesRepairing:
      'Часть файлов пропала или повреждена. Скачивается новая копия, она их заменит; до тех пор что-то может не воспроизводиться.',
    damagedFilesLost:
      'Часть файлов пропала или повреждена, и скачать новую копию не удалось. Отправьте ссылку ещё раз, когда источник станет доступен, а эту запись удалите.',
    details: 'Подробности',
    size: 'Размер',
    duration: 'Длительность',
    added: 'Добавлено',
    handling: 'Обработка',
    tracks: 'Дорожки',
    source: 'Источник',
    openSource: 'Открыть исходную страницу',
    playInVlc: 'Открыть в VLC',
    vlc: 'Копировать ссылку для VLC',
    vlcHint: 'В VLC: Медиа → Открыть URL, вставьте ссылку.',
    vlcCopied: 'Скопировано. Вставьте в VLC: Медиа → Открыть URL.',
    mp3: 'Скачать MP3',
    mp3Track: 'MP3',
    by: (uploader) => `автор: ${uploader}`,
    loading: 'Загрузка',
    deletedHeading: 'Не найдено',
    deletedHint: 'Запись удалена, или ссылка неверна.',
    toLibrary: 'В библиотеку',
  },

  trash: {
    heading: 'Корзина',
    hint: 'Удалённое можно восстановить в течение 7 дней или пока не понадобится место.',
    open: 'Корзина',
    empty: 'Корзина пуста',
    emptyHint: 'То, что вы удалите, хранится здесь 7 дней или пока не понадобится место.',
    deletedAt: (at) => `Удалено ${timeAgo(at)}`,
    daysLeft: (days) => `осталось ${counted(days, { one: 'день', few: 'дня', many: 'дней', other: 'дня' })}`,
    restore: 'Восстановить',
    restoreTitle: (title) => `Восстановить «${title}»`,
    purge: 'Удалить навсегда',
    purgeTitle: (title) => `Удалить «${title}» навсегда`,
    purgeHeading: 'Удалить навсегда?',
    purgeHint: (title) => `«${title}» и все файлы этой записи будут удалены с сервера. Это нельзя отменить.`,
    purged: 'Удалено навсегда.',
    emptyTrash: 'Очистить корзину',
    emptyHeading: 'Очистить корзину?',
    emptyOwnHint: 'Всё ваше в корзине будет удалено навсегда. Это нельзя отменить.',
    emptyAllHint: 'Всё в корзине, в том числе удалённое другими, будет удалено навсегда. Это нельзя отменить.',
    emptied: (count) =>
      `Удалено навсегда: ${counted(count, { one: 'запись', few: 'записи', many: 'записей', other: 'записи' })}.`,
    loading: 'Загрузка корзины',
    more: 'Показать ещё',
  },
} satisfies Translation<typeof english>;
