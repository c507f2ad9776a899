import { activityMessages } from './activity-messages.ts';
import { backupMessages } from './upkeep/backup-messages.ts';
import { certificateMessages } from './upkeep/certificate-messages.ts';
import { doctorMessages } from './upkeep/doctor-messages.ts';
import { nameMessages } from './upkeep/name-messages.ts';
import { noticeMessages } from './upkeep/notice-messages.ts';
import { upkeepMessages } from './upkeep/upkeep-messages.ts';

/** Reports of the parts about themselves, by code. Facts are values; dates are ISO 8601. */
export const messages = {
  ...nameMessages,
  ...certificateMessages,
  ...upkeepMessages,
  ...noticeMessages,
  ...backupMessages,
  ...activityMessages,
  ...doctorMessages,
};
