import { activityMessages } from './activity-messages.ts';
import { backupMessages } from './backup-messages.ts';
import { certificateMessages } from './certificate-messages.ts';
import { doctorMessages } from './doctor-messages.ts';
import { nameMessages } from './name-messages.ts';
import { noticeMessages } from './notice-messages.ts';
import { upkeepMessages } from './upkeep-messages.ts';

/** Russian: what the parts report about themselves, by code. */
export const messages = {
  ...nameMessages,
  ...certificateMessages,
  ...upkeepMessages,
  ...noticeMessages,
  ...backupMessages,
  ...activityMessages,
  ...doctorMessages,
};
