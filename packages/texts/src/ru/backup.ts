import type { backup as english } from '../en/backup.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { bytes, counted, date } = formatsOf('ru');
const unchanged = 'Ничего не изменено.';
const items = (count: number): string =>
  counted(count, { one: 'запись', few: 'записи', many: 'записей', other: 'записи' });

export const backup = {
  made: ({ path, size, count }) =>
    `Резервная копия готова: ${path} (${bytes(size)} без медиафайлов; в библиотеке ${items(count)}).`,
  secretsEncrypted: 'Секреты в ней зашифрованы. Открывает их только BACKUP_PASSPHRASE: храните его и в другом месте.',
  secretsLeftOut: 'Секретов, например токена бота, в ней нет. С BACKUP_PASSPHRASE они будут в ней зашифрованы.',
  mediaIncluded: 'Медиафайлы в ней есть.',
  mediaListed: 'Медиафайлов в ней нет, только их список. С INCLUDE_MEDIA=1 они будут в копии.',
  deleted: ({ count }) => `Удалено старых копий: ${count} (BACKUP_KEEP).`,
  failed: ({ reason }) => `Резервная копия не создана. ${reason}`,

  refused: {
    foreign: ({ path }) => `${path} — не резервная копия Linkcast: там нет исправного manifest.json. ${unchanged}`,
    damaged: ({ file }) =>
      `Эта резервная копия повреждена: файл ${file} пропал, обрезан или изменён. Возьмите другую. ${unchanged}`,
    newer: `Эта резервная копия создана более новой версией Linkcast. Сначала обновитесь (git pull), затем восстанавливайте. ${unchanged}`,
    unreadable: ({ file }) =>
      `Не удаётся прочитать файл ${file} этой копии. Проверьте права доступа и диск. ${unchanged}`,
  },
  passphraseNeeded: `В этой копии есть зашифрованные секреты. Укажите BACKUP_PASSPHRASE=… или WITHOUT_SECRETS=1, чтобы восстановить без них. ${unchanged}`,
  wrongPassphrase: `Эта парольная фраза не открывает секреты копии. Укажите верную или WITHOUT_SECRETS=1, чтобы восстановить без них. ${unchanged}`,
  unauthenticated: `Парольная фраза указана, но эта копия создана без неё или прежней версией: её мог создать любой, кто может писать в её папку. Если вы знаете, откуда она, WITHOUT_SECRETS=1 восстановит её без секретов. ${unchanged}`,
  settingsUnproved: 'Ничто не доказывает, кто задал эти настройки. Проверьте каждую и уберите # у тех, которые нужны:',
  inUse: ({ where }) => `Linkcast запущен и использует ${where}. Сначала остановите его. ${unchanged}`,
  diskFull: 'Диск с DATA_DIR или MEDIA_DIR заполнен. Освободите место и запустите снова.',
  proved: ({ at, count }) => `Резервная копия от ${date(at)} цела: в библиотеке ${items(count)}.`,
  continued: ({ at }) => `Прерванное восстановление копии от ${date(at)} завершено.`,
  mediaRestored: ({ count }) => `Медиафайлы снова в MEDIA_DIR: ${items(count)}.`,
  secretsRestored: 'Секреты восстановлены. То, что задано в .env, имеет приоритет.',
  secretsKept: 'Секреты этой установки остались прежними. Остальные, например TELEGRAM_TOKEN, задайте в .env заново.',
  aside: ({ path }) => `То, что было здесь раньше, лежит в ${path}. Удалите это, когда убедитесь, что всё в порядке.`,
  restored: 'Всё восстановлено. Запустите Linkcast: make up или make local.',
  access:
    'Те, кого после этой копии удалили или чьи сеансы завершили, снова имеют доступ: проверьте людей и устройства на сайте.',

  rebuilt: ({ restored, rebuilt, dropped }) =>
    `Библиотека приведена в соответствие с папками. Добавлено: ${items(restored + rebuilt)} (без читаемого media.json: ${rebuilt}). Убрано без файлов: ${items(dropped)}.`,
  keptFolders: ({ count, ids }) =>
    `Не удалось опознать ${counted(count, { one: 'папку', few: 'папки', many: 'папок', other: 'папки' })}: ${ids}`,
  mediaMissing: ({ path }) =>
    `${path} — не библиотека этой базы: метки нет или она другая. Диск подключён? ${unchanged}`,
} satisfies Translation<typeof english>;
