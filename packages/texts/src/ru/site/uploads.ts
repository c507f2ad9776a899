import type { siteUploads as english } from '../../en/site/uploads.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { bytes, percent } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteUploads = {
  uploads: {
    heading: 'Свои файлы',
    lead: 'Перетащите сюда видео или музыку либо выберите файлы. После обрыва связи передача продолжится с того же места.',
    choose: 'Выбрать файлы',
    list: 'Файлы в пути',
    waiting: 'Ожидание',
    sending: (sent, total) => `Отправка · ${percent(total > 0 ? sent / total : 0)} · ${bytes(sent)} / ${bytes(total)}`,
    paused: 'Пауза',
    lost: 'Связь потеряна. Передача продолжится сама, когда связь вернётся.',
    whole: 'Получено',
    pause: 'Приостановить',
    resume: 'Продолжить',
    remove: 'Убрать',
    open: 'Посмотреть, как идут дела',
  },
} satisfies Translation<typeof english>;
