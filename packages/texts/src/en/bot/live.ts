import { formatsOf } from '../../formats/formats.ts';

const { deadline } = formatsOf('en');

/** Texts of the bot about live sources. */
export const live = {
  since: (at: string) => `🔴 Live, recording since ${deadline(at)}`,
  stop: 'Stop',
  stopping: 'The recording is ending…',
  stopped: 'The recording ends now, and what was recorded is kept.',
  over: 'This recording has ended already.',
};
