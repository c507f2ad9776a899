import type { backupMessages as english } from '../../en/upkeep/backup-messages.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, date } = formatsOf('ru');

export const backupMessages = {
  'backup-failed-notice': ({ at }) => `Не удалось создать резервную копию ${date(at)}.`,
  'backup-old-notice': ({ days }) =>
    `Возраст последней исправной резервной копии — ${counted(days, { one: 'день', few: 'дня', many: 'дней', other: 'дня' })}.`,
  'backup-missing-notice': () => 'BACKUP_DIR задан, но резервных копий ещё нет.',
  'backup-none-notice': () =>
    'У этой установки нет резервной копии: если откажет диск, пропадут библиотека и список людей.',

  'backup-disk-full': () => 'Диск для резервных копий заполнен.',
  'backup-no-database': () => 'Нет базы данных, копировать нечего.',
  'backup-no-directory': () => 'Папки BACKUP_DIR нет.',
  'backup-not-mounted': () =>
    'Папка BACKUP_DIR пуста, хотя раньше в ней были копии: скорее всего, её диск не подключён.',
  'backup-not-writable': () => 'В BACKUP_DIR нельзя писать.',
  'backup-media-not-mounted': () =>
    'В MEDIA_DIR нет библиотеки: скорее всего, её диск не подключён, и медиафайлы скопировать нельзя.',
  'backup-database-away': () => 'База данных не отвечает.',
  'backup-database-damaged': () => 'База данных повреждена.',
  'backup-took-too-long': () => 'Копирование длилось слишком долго и было остановлено.',
  'backup-in-progress': () => 'Уже создавалась другая резервная копия.',
  'backup-unexpected': () => 'Причина — в журнале.',

  'do-make-backup': () =>
    'Укажите в .env BACKUP_DIR — папку на другом диске — и перезапустите Linkcast, или время от времени выполняйте make backup TO=ПАПКА.',
  'do-check-backup': () => 'Проверьте диск BACKUP_DIR, затем выполните make backup: команда скажет, что не так.',
} satisfies Translation<typeof english>;
