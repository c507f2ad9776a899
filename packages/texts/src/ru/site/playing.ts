import type { sitePlaying as english } from '../../en/site/playing.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, number, plural } = formatsOf('ru');

/** Russian: {@link english}. */
export const sitePlaying = {
  player: {
    video: (title) => `Видео: ${title}`,
    audio: (title) => `Аудио: ${title}`,
    arriving: (parts) => (parts === '' ? 'Ещё скачивается' : `Ещё скачивается – ${parts}`),
    watchable: (watchable, total) => `доступно ${watchable} из ${total}`,
    watchableOnly: (watchable) => `пока доступно ${watchable}`,
    catchingUp: 'Ожидание загрузки…',
    buffering: 'Загрузка…',
    resumed: (clock) => `Продолжаем с ${clock}`,
    fromStart: 'С начала',
    speed: 'Скорость',
    speedOf: (rate) => `${number(rate, 2)}×`,
    quality: 'Качество',
    auto: 'Авто',
    autoOf: (height) => `Авто (${height})`,
    height: (height) => `${height}p`,
    pip: 'Картинка в картинке',
    pipRefused: 'Браузер сейчас не может открыть маленькое окно.',
    watchableLabel: 'Скачано к этому моменту',
    failures: {
      network: 'Потеряна связь с сервером. Проверьте сеть и попробуйте ещё раз.',
      media: 'Плеер не смог продолжить воспроизведение этого файла. Часто помогает повторная попытка.',
      unsupported:
        'Этот браузер не может воспроизвести файл. Откройте его в другом браузере или скопируйте ссылку для VLC ниже.',
      missing: 'Файла нет на сервере. Возможно, его удалили.',
    },
  },

  radio: {
    heading: 'Радио',
    onAir: 'В эфире',
    offAir: 'Не в эфире',
    connecting: 'Подключение…',
    reconnecting: 'Поток прервался. Переподключение…',
    failed: 'Радио не отвечает. Попробуйте ещё раз через минуту.',
    silence: 'Сейчас ничего не играет',
    silenceHint: 'Отправьте ссылку как аудио — боту или здесь. Оно зазвучит, когда будет готово.',
    silenceForVisitors: 'Музыка зазвучит, когда кто-нибудь её добавит.',
    offHint: 'Радио скоро вернётся.',
    play: 'Слушать',
    stop: 'Остановить',
    volume: 'Громкость',
    skip: 'Пропустить трек',
    skipped: 'Включаем следующий трек.',
    listeners: (count) =>
      counted(count, { one: 'слушатель', few: 'слушателя', many: 'слушателей', other: 'слушателя' }),
    delay: (seconds) =>
      `Вы слышите эфир с задержкой примерно в ${plural(seconds, { one: `${seconds} секунду`, few: `${seconds} секунды`, many: `${seconds} секунд`, other: `${seconds} секунды` })}.`,
    next: 'Далее',
    nothingNext: 'Заявок нет: радио по очереди играет всю библиотеку.',
    history: 'Только что звучало',
    requested: 'Следующий',
    request: 'Заказать трек',
    requestHint: 'Он прозвучит раньше остальных.',
    requestSearch: 'Поиск музыки',
    requestNone: 'Подходящей музыки нет.',
    requestEmpty: 'В библиотеке пока нет музыки.',
    requestOne: (title) => `Поставить следующим: ${title}`,
    bar: 'Радиоплеер',
    open: 'Открыть радио',
  },
} satisfies Translation<typeof english>;
