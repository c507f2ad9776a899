import type { noticeMessages as english } from '../../en/upkeep/notice-messages.ts';
import { firstOf } from '../../first-of.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { bytes, counted, date, duration, percent, plural } = formatsOf('ru');
const readLogs = 'Подробности покажет make logs.';

/** Russian: {@link english}. */
export const noticeMessages = {
  'reported-error': ({ sentence }) => sentence,

  'name-notice': ({ name }) => `Уже больше часа с именем ${name} что-то не так: возможно, оно указывает не сюда.`,
  'name-silent-notice': () => 'Служба DDNS не отвечает уже час.',
  'certificate-missing-notice': ({ name }) =>
    `Уже больше часа не удаётся получить сертификат для ${name}. Linkcast продолжит попытки.`,
  'certificate-due-notice': ({ name, until }) =>
    `Сертификат ${name} действителен до ${date(until)}, и его уже пора было продлить. Linkcast продолжит попытки.`,
  'certificate-last-week-notice': ({ name, days }) =>
    `Сертификат ${name} истекает ${plural(days, { one: days === 1 ? 'в течение суток' : `через ${days} день`, few: `через ${days} дня`, many: `через ${days} дней`, other: `через ${days} дня` })}, и продлить его пока не удалось.`,
  'certificate-expired-notice': ({ name, until }) =>
    `Сертификат ${name} истёк ${date(until)}: браузеры показывают предупреждение.`,
  'certificate-silent-notice': () => 'certbot не отвечает уже час.',

  'library-rebuilt-notice': ({ count }) =>
    `Описание ${counted(count, { one: 'записи', few: 'записей', many: 'записей', other: 'записи' })} в библиотеке было повреждено. Linkcast восстановил всё, что есть в медиафайлах. Название — «Recovered item» с датой. Такие записи видят только владельцы, пока вы не переименуете их на сайте и не покажете всем.`,
  'items-damaged-notice': ({ count }) =>
    `Файлы ${counted(count, { one: 'записи', few: 'записей', many: 'записей', other: 'записи' })} в библиотеке пропали, обрезаны, изменились после публикации или не декодируются целиком. На сайте такие записи отмечены, Linkcast скачивает их заново.`,
  'items-lost-notice': ({ count }) =>
    `Файлы ${counted(count, { one: 'записи', few: 'записей', many: 'записей', other: 'записи' })} в библиотеке пропали, обрезаны, изменились или не декодируются целиком, и скачать их заново не удалось. На сайте такие записи отмечены.`,
  'library-kept-notice': ({ count, ids }) =>
    `В MEDIA_DIR не удалось прочитать ${counted(count, { one: 'папку', few: 'папки', many: 'папок', other: 'папки' })}: ${firstOf(count, ids)}. Ничего не удалено.`,
  'disk-filling-notice': ({ room, limit }) =>
    `Диск библиотеки почти заполнен: до предела в ${percent(limit)} (STORAGE_LIMIT) осталось ${bytes(room)}.`,
  'disk-full-notice': ({ limit }) =>
    `Диск библиотеки заполнен: занято ${percent(limit)} (STORAGE_LIMIT). Новые загрузки ждут, пока не освободится место.`,
  'data-disk-filling-notice': ({ room }) => `Диск с DATA_DIR почти заполнен: осталось ${bytes(room)}.`,
  'data-disk-full-notice': ({ room }) =>
    `Диск с DATA_DIR заполнен: осталось ${bytes(room)}. Скоро ничего нельзя будет сохранить.`,

  'downloader-old-notice': ({ version, days }) =>
    `Версии yt-dlp ${version} уже ${counted(days, { one: 'день', few: 'дня', many: 'дней', other: 'дня' })}. Сайты постоянно меняются, поэтому загрузки могут не удаваться.`,
  'downloader-missing-notice': () =>
    'Уже больше десяти минут ни у одного загрузчика нет безопасной версии yt-dlp, поэтому задания не выполняются.',
  'downloader-rolled-back-notice': ({ version, to }) =>
    `yt-dlp ${version} не справился там, где ${to} работает, поэтому снова используется ${to}. Следующую версию Linkcast возьмёт сам.`,
  'downloader-altered-notice': ({ version }) =>
    `Версия yt-dlp ${version} отклонена: она не подписана ключом авторов, или её файлы изменены. Текущая версия остаётся.`,
  'downloader-unusable-notice': ({ version }) =>
    `Версия yt-dlp ${version} отклонена: она не прошла проверку на этом сервере. Текущая версия остаётся, Linkcast пробует снова раз в день.`,
  'downloader-unreachable-notice': () => 'Версии yt-dlp недоступны уже больше двух дней. Текущая версия остаётся.',
  'worker-missing-notice': () =>
    'Уже больше пяти минут ни один загрузчик не подключён, поэтому задания не выполняются.',
  'queue-paused-network-notice': () =>
    'За короткое время оказались недоступны несколько сайтов: похоже, у сервера нет связи. Задания ждут и продолжатся сами, когда связь вернётся.',
  'queue-paused-downloader-notice': () =>
    'Загрузчик не справляется с несколькими сайтами, поэтому задания ждут. Время от времени пробуется одно из них; когда оно удастся, продолжатся все.',
  'profiles-faulty-notice': ({ count, line }) =>
    `В profiles.yaml ${counted(count, { one: 'ошибка', few: 'ошибки', many: 'ошибок', other: 'ошибки' })}, первая в строке ${line}. До перезапуска Linkcast действуют прежние профили.`,
  'cookies-expiring-notice': ({ name, until }) =>
    `Cookie сайта ${name}, которыми пользуются все, истекают ${date(until)}.`,
  'cookies-expired-notice': ({ name }) => `Срок действия cookie сайта ${name}, которыми пользуются все, истёк.`,
  'deliveries-failed-notice': ({ name, count }) =>
    `${counted(count, { one: 'доставка', few: 'доставки', many: 'доставок', other: 'доставки' })} в «${name}»: окончательно не удалось.`,
  'queue-stuck-notice': ({ count }) =>
    `В очереди ${counted(count, { one: 'задание', few: 'задания', many: 'заданий', other: 'задания' })}, и есть свободный загрузчик, но уже больше 15 минут ни одно задание не началось.`,

  'database-disk-full-notice': () =>
    'Диск базы данных заполнен. То, что есть в библиотеке, можно смотреть, но ничего нельзя добавить или изменить. Linkcast продолжит работу сам, когда появится место.',
  'database-read-only-notice': () =>
    'Диск базы данных доступен только для чтения. То, что есть в библиотеке, можно смотреть, но ничего нельзя добавить или изменить. Linkcast продолжит работу сам, когда запись снова станет возможной.',
  'database-restored-notice': ({ at, madeAt }) =>
    `База данных была повреждена ${date(at)}. Linkcast восстановил резервную копию от ${date(madeAt)} и отложил повреждённый файл. Потеряны люди, настройки и задания, появившиеся позже. Записи, добавленные позже, снова в библиотеке, но кто их запросил, уже неизвестно.`,
  'database-lost-notice': ({ at }) =>
    `База данных была повреждена ${date(at)}, а резервной копии не было. Linkcast восстановил библиотеку по папкам с записями и отложил повреждённый файл. Потеряны люди, сеансы, ссылки для других, задания и позиции просмотра.`,
  'database-failing-notice': () => 'База данных не отвечает, поэтому ничего нельзя прочитать и сохранить.',
  'database-slow-notice': ({ seconds }) =>
    `База данных уже больше пяти минут отвечает медленно: последняя проверка заняла ${duration(seconds)}.`,

  'do-fix-name': () => 'Проверьте DDNS_PROVIDER и его ключ или направьте имя сюда на сайте провайдера.',
  'do-fix-certificate': () =>
    'Запустите make cert-staging: он попробует получить пробный сертификат и сообщит, что не получается.',
  'do-read-logs': () => readLogs,
  'do-check-item-disk': () => 'Проверьте диск командой make doctor: возможно, он выходит из строя.',
  'do-replace-items': () =>
    'Проверьте диск командой make doctor. Восстановите файлы из резервной копии или отправьте ссылки ещё раз: Linkcast скачает их заново. Затем удалите повреждённые записи.',
  'do-check-folders': () => 'Проверьте эти папки и удалите ненужное.',
  'do-free-disk': () =>
    'Удалите что-нибудь из библиотеки и очистите корзину или перенесите MEDIA_DIR на диск побольше.',
  'do-empty-trash': ({ trash }) =>
    `Очистите корзину: она занимает ${bytes(trash)}. Или перенесите MEDIA_DIR на диск побольше.`,
  'do-free-data-disk': () => 'Освободите место на этом диске или перенесите DATA_DIR на диск побольше.',
  'do-update-downloader': () =>
    'Если этому серверу доступен github.com, Linkcast обновляет yt-dlp сам; YTDLP_CHANNEL=nightly приносит версии ежедневно. Чтобы обновить установленный с Docker, запустите docker compose build --no-cache yt-app, затем make up. Без Docker удалите .tools/yt-dlp и снова запустите make local.',
  'do-check-releases': () =>
    'Сегодня делать ничего не нужно. Если это не пройдёт, проверьте YTDLP_RELEASES_URL и YTDLP_SIGNED_BY и сообщите авторам yt-dlp.',
  'do-pin-downloader': () =>
    'Проверьте, что этому серверу доступен github.com, или задайте YTDLP_CHANNEL=pinned, чтобы намеренно использовать установленную версию.',
  'do-check-profiles': () => 'Все ошибки profiles.yaml показаны на странице настроек сайта.',
  'do-check-deliveries': () =>
    'Причина указана на странице настроек сайта. Повторите доставку там или удалите получателя.',
  'do-renew-cookies': () => 'Снова войдите на сайт, экспортируйте cookie и передайте их на странице настроек или боту.',
  'do-check-network': () => 'Проверьте подключение сервера к интернету и исходящий прокси.',
  'do-start-worker': () => `Снова запустите Linkcast: make up или make local. ${readLogs}`,
  'do-write-database-disk': () => 'Освободите место на диске с DATA_DIR или снова сделайте его доступным для записи.',
  'do-check-database-loss': ({ file }) =>
    `Проверьте диск (smartctl): возможно, он выходит из строя. Повреждённый файл — ${file} в DATA_DIR/yt-app; удалите его, когда убедитесь, что всё на месте. Это уведомление исчезнет через две недели.`,
  'do-check-database': () => `Проверьте, что сервер базы данных работает и что на его диске есть место. ${readLogs}`,
  'do-check-database-load': () => 'Проверьте нагрузку и диск компьютера, на котором работает база данных.',
} satisfies Translation<typeof english>;
