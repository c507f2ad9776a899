import { message } from '@linkcast/texts';
import { statfs } from 'node:fs/promises';
import type { NoticeSource } from '../notice-source.ts';
import { diskLevel } from '../../retention/disk-level.ts';

const CODE = 'disk-media';

export interface MediaDiskSourceOptions {
  readonly mediaDir: string;
  /** Part of the disk that may be in use, 0 to 1: STORAGE_LIMIT. */
  readonly storageLimit: number;
  /** Reports whether the media volume is present; otherwise MEDIA_DIR is on another disk. */
  readonly isMediaPresent: () => boolean;
  /** The bytes of all items in the trash, which still take space. */
  readonly trashBytes: () => Promise<number>;
}

/** Observes the disk of the library. */
export function createMediaDiskSource({
  mediaDir,
  storageLimit: limit,
  isMediaPresent,
  trashBytes,
}: MediaDiskSourceOptions): NoticeSource {
  return {
    name: 'disk space',
    async observe(lasting) {
      if (!isMediaPresent()) return undefined;
      const { blocks, bavail, bsize } = await statfs(mediaDir);
      const totalBytes = blocks * bsize;
      const room = Math.round(bavail * bsize - (1 - limit) * totalBytes);
      const level = diskLevel({ totalBytes, roomBytes: room }, lasting.get(CODE)?.severity);
      if (level === undefined) return [];
      const reported =
        room > 0 ? message('disk-filling-notice', { room, limit }) : message('disk-full-notice', { limit });
      const trash = await trashBytes();
      const action = trash > 0 ? message('do-empty-trash', { trash }) : message('do-free-disk');
      return [{ code: CODE, severity: level, message: reported, action }];
    },
  };
}
