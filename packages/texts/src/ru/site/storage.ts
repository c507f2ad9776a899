import type { siteStorage as english } from '../../en/site/storage.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { bytes, counted, date, percent } = formatsOf('ru');

const days = (count: number): string => counted(count, { one: 'день', few: 'дня', many: 'дней', other: 'дня' });
const items = (count: number): string =>
  counted(count, { one: 'запись', few: 'записи', many: 'записей', other: 'записи' });

/** Russian: {@link english}. */
export const siteStorage = {
  storage: {
    heading: 'Хранилище',
    open: 'Хранилище',
    forOwnersHeading: 'Для владельцев',
    forOwnersHint: 'Только владельцы видят, что занимает место.',
    loading: 'Загрузка хранилища',
    levels: {
      short: 'Мало места: корзина очищается раньше срока, начиная с самого старого.',
      full: 'Диск заполнен: новое не загружается. Корзина очищается раньше срока.',
    },
    used: (used, limit, ratio) => `Занято ${bytes(used)} из ${bytes(limit)} (предел — ${percent(ratio)} диска)`,
    reserved: (size) => `Текущим загрузкам нужно ещё ${bytes(size)}.`,
    disk: 'Диск',
    kinds: {
      videoBytes: 'Видео',
      audioBytes: 'Аудио',
      trashBytes: 'Корзина',
      workBytes: 'Текущие загрузки',
      otherBytes: 'Всё остальное на диске',
      freeBytes: 'Свободно',
    },
    keep: 'Оставить',
    keepTitle: (title) => `Оставить «${title}»`,
    delete: 'Удалить',
    deleteTitle: (title) => `Переместить «${title}» в корзину`,
    later: 'Спросить позже',
    laterTitle: (title) => `Спросить о «${title}» позже`,
    answered: { keep: 'Останется.', delete: 'Перемещено в корзину.', later: 'Вопрос повторится через неделю.' },
    questions: 'Можно удалить?',
    questionsHint: 'Никто не досмотрел до конца. Без ответа всё останется.',
    expires: (iso) => `ответьте до ${date(iso)}`,
    next: 'Удалится следующим',
    nextHint: 'Удалённое неделю лежит в корзине. Остаётся то, что кто-то смотрит, чем поделились и что отмечено.',
    nextEmpty: 'Само по себе ничего не удаляется.',
    goesOn: (iso) => `удалится ${date(iso)}`,
    goesSoon: 'удалится через несколько минут',
    asksOn: (iso) => `вопрос будет ${date(iso)}`,
    asksNow: 'ждёт ответа',
    reasons: { watched: 'просмотрено', unwatched: 'не просмотрено', 'keep-last': 'есть более новые' },
    rules: 'Правила',
    rulesHint: 'Изменённое правило в первые сутки ничего не удаляет.',
    ofAll: 'Все записи',
    ofPerson: (name) => `Записи: ${name}`,
    nothing: 'Само по себе ничего не удаляется.',
    values: {
      watchedDays: (count) => `просмотренное: через ${days(count)}`,
      unwatchedDays: (count) => `непросмотренное: спросить через ${days(count)}`,
      keepLast: (count) => `у каждого самые новые: ${items(count)}`,
    },
    fields: {
      watchedDays: 'Удалять просмотренное через столько дней',
      unwatchedDays: 'Спрашивать о непросмотренном через столько дней',
      keepLast: 'Хранить у каждого только столько записей',
    },
    fieldHint: 'Пусто: никогда.',
    change: 'Изменить',
    changeTitle: (name) => `Изменить правило: ${name}`,
    remove: 'Как для всех',
    removeTitle: (name) => `Убрать правило: ${name}`,
    addForPerson: 'Правило для одного человека',
    person: 'Человек',
    saved: 'Правило изменено.',
    people: 'По людям',
    nobody: 'Ничьё',
    unnamed: 'Без имени',
    items,
    largest: 'Самые большие',
    largestEmpty: 'Библиотека пуста.',
    kept: 'оставлено',
  },
} satisfies Translation<typeof english>;
