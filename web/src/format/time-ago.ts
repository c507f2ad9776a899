import { formatsOf } from '@linkcast/texts/formats';

/** Formats the time since an ISO 8601 time: `now`, `5 min ago`, `yesterday`. */
export const formatTimeAgo = formatsOf('en').timeAgo;
