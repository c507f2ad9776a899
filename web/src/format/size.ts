import { formatsOf } from '@linkcast/texts/formats';

/** Formats bytes in decimal units: `950 B`, `4.2 MB`, `1.3 GB`. */
export const formatBytes = formatsOf('en').bytes;
