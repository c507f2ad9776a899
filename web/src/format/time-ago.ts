import { formatsOf } from '@linkcast/texts/formats';

/** The time since an ISO 8601 time, in words: `now`, `5 min ago`, `yesterday`. */
export const formatTimeAgo = formatsOf('en').timeAgo;
