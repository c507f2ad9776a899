import { formatsOf } from '@linkcast/texts/formats';

/** Bytes in decimal units, as disks and networks count: `950 B`, `4.2 MB`, `1.3 GB`. */
export const formatBytes = formatsOf('en').bytes;
