import { message } from '@linkcast/texts';
import { stat, statfs } from 'node:fs/promises';
import type { NoticeSource } from '../notice-source.ts';
import { diskLevel } from '../../retention/disk-level.ts';

const CODE = 'disk-data';

export interface DataDiskSourceOptions {
  readonly dataDir: string;
  readonly mediaDir: string;
  /** Reports whether the media volume is present; otherwise MEDIA_DIR is on another disk. */
  readonly isMediaPresent: () => boolean;
}

/** Observes the disk of the databases, unless it is that of the library, which has a source of its own. */
export function createDataDiskSource({ dataDir, mediaDir, isMediaPresent }: DataDiskSourceOptions): NoticeSource {
  return {
    name: 'data disk space',
    async observe(lasting) {
      if (isMediaPresent() && (await isSameDisk(dataDir, mediaDir))) return [];
      const { blocks, bavail, bsize } = await statfs(dataDir);
      const room = bavail * bsize;
      const space = { totalBytes: blocks * bsize, roomBytes: room };
      const level = diskLevel(space, lasting.get(CODE)?.severity);
      if (level === undefined) return [];
      const reported = message(level === 'critical' ? 'data-disk-full-notice' : 'data-disk-filling-notice', { room });
      return [{ code: CODE, severity: level, message: reported, action: message('do-free-data-disk') }];
    },
  };
}

async function isSameDisk(dataDir: string, mediaDir: string): Promise<boolean> {
  const [data, media] = await Promise.all([stat(dataDir), stat(mediaDir)]);
  return data.dev === media.dev;
}
