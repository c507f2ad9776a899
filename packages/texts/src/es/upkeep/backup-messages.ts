import type { backupMessages as english } from '../../en/upkeep/backup-messages.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, date } = formatsOf('es');

export const backupMessages = {
  'backup-failed-notice': ({ at }) => `La copia de seguridad del ${date(at)} falló.`,
  'backup-old-notice': ({ days }) =>
    `La última copia de seguridad correcta tiene ${counted(days, { one: 'día', many: 'de días', other: 'días' })}.`,
  'backup-missing-notice': () => 'BACKUP_DIR está definido, pero todavía no hay ninguna copia de seguridad.',
  'backup-none-notice': () =>
    'No hay ninguna copia de seguridad de esta instalación: si falla el disco, se pierden la biblioteca y la lista de personas.',

  'backup-disk-full': () => 'El disco de las copias de seguridad está lleno.',
  'backup-no-database': () => 'No hay ninguna base de datos que copiar.',
  'backup-no-directory': () => 'BACKUP_DIR no existe.',
  'backup-not-mounted': () =>
    'BACKUP_DIR está vacío y antes tenía copias: lo más probable es que su disco no esté montado.',
  'backup-not-writable': () => 'No se puede escribir en BACKUP_DIR.',
  'backup-media-not-mounted': () =>
    'MEDIA_DIR no contiene la biblioteca: lo más probable es que su disco no esté montado, y no se pueden copiar los archivos multimedia.',
  'backup-database-away': () => 'La base de datos no responde.',
  'backup-database-damaged': () => 'La base de datos está dañada.',
  'backup-took-too-long': () => 'Tardaba demasiado y se detuvo.',
  'backup-in-progress': () => 'Había otra copia de seguridad en curso.',
  'backup-unexpected': () => 'El motivo está en el registro.',

  'do-make-backup': () =>
    'Define BACKUP_DIR en .env con una carpeta de otro disco y vuelve a iniciar Linkcast, o ejecuta make backup TO=CARPETA de vez en cuando.',
  'do-check-backup': () => 'Comprueba el disco de BACKUP_DIR y después ejecuta make backup: indica qué falla.',
} satisfies Translation<typeof english>;
