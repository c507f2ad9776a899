import type { doctorMessages as english } from '../../en/upkeep/doctor-messages.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { bytes, counted, list, moment } = formatsOf('ru');

export const doctorMessages = {
  'runtime-found': ({ version }) => version,
  'runtime-none': () => 'не найдена; без неё yt-dlp не откроет YouTube',
  'ffmpeg-found': ({ version }) => `${version}, все кодировщики на месте`,
  'ffmpeg-none': () => 'не найден',
  'ffmpeg-lacks': ({ names }) => `не хватает: ${list(names)}`,
  'sandbox-landlock': () => 'ffmpeg и yt-dlp изолированы с помощью Landlock',
  'sandbox-bubblewrap': () => 'ffmpeg и yt-dlp изолированы с помощью bubblewrap',
  'sandbox-none': () => 'ffmpeg и yt-dlp работают без изоляции',
  'worker-silent': () => 'неизвестно: ни один процесс загрузки этого не сообщил',
  'disk-speed-measured': ({ bytesPerSecond }) => `записывает ${bytes(bytesPerSecond)} в секунду`,
  'disk-unwritable': ({ code }) => `в MEDIA_DIR нельзя писать (${code})`,
  'inodes-enough': () => 'в файловой системе хватит места ещё для многих',
  'inodes-few': ({ count }) =>
    `в файловой системе осталось места на ${counted(count, { one: 'файл', few: 'файла', many: 'файлов', other: 'файла' })}`,
  'backup-newest': ({ madeAt }) => `последняя исправная: ${moment(madeAt)}`,
  'backup-absent': () => 'её нет',
  'settings-accepted': () => 'все части отвечают, значит, приняли их',
  'parts-silent': ({ names }) => `не отвечают: ${list(names)}`,
  'telegram-token-works': ({ name }) => `токен принадлежит @${name}`,
  'clock-right': () => 'идут верно',
  'clock-off': ({ seconds }) =>
    `расходятся на ${counted(seconds, { one: 'секунду', few: 'секунды', many: 'секунд', other: 'секунды' })}`,
  'clock-unknown': () => 'сравнить не удалось: интернет не отвечает',

  'do-install-runtime': () =>
    'С Docker выполните make up: образ соберётся заново. Без Docker выполните make modules и make downloader.',
  'do-install-ffmpeg': () =>
    'С Docker выполните docker compose build --no-cache yt-app, затем make up. Без Docker установите ffmpeg из Debian.',
  'do-install-sandbox': () =>
    'Установите bubblewrap (это делает make local). Если он установлен, система запрещает пользовательские пространства имён: docs/decisions/0010-sandbox.md.',
  'do-check-disk-speed': () =>
    'Загрузки ждут этот диск. Проверьте, что ещё его занимает, его кабель и состояние (smartctl -a).',
  'do-check-disk': () =>
    'Проверьте, что диск подключён, доступен для записи и принадлежит пользователю, который запускает Linkcast.',
  'do-free-inodes': () => 'Удалите ненужные записи или создайте файловую систему с большим числом инодов.',
  'do-check-settings': () =>
    'Выполните на сервере make doctor: он назовёт настройку, которую часть не принимает. Или смотрите make logs.',
  'do-check-router': () => 'Пробросьте порты в роутере на этот компьютер, проверьте доменное имя и брандмауэр.',
  'do-set-clock': () => 'Включите синхронизацию времени: timedatectl set-ntp true',
} satisfies Translation<typeof english>;
