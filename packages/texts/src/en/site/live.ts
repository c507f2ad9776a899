import { formatsOf } from '../../formats/formats.ts';

const { moment } = formatsOf('en');

/** Texts of the site about live sources and their recordings. */
export const siteLive = {
  live: {
    badge: 'Live',
    atEdge: 'You are watching live.',
    behind: (clock: string) => `${clock} behind live`,
    goLive: 'Go to live',
    recorded: (clock: string) => `${clock} recorded so far`,
    since: (at: string) => `Live, recording since ${moment(at)}`,
    stop: 'Stop recording',
    stopped: 'The recording ends now, and what was recorded is kept.',
    stopping: 'The recording is ending…',
    limited: 'The broadcast went on: the recording ended at a limit of this server.',
    lost: 'The broadcast was interrupted and did not come back: this is what was recorded.',
  },
};
