import { formatsOf } from '../../formats/formats.ts';

const { bytes, percent } = formatsOf('en');

/** Texts of the site about files of people. */
export const siteUploads = {
  uploads: {
    heading: 'Your own files',
    lead: 'Drop videos or music here, or choose them. They go on where they stopped when the connection is lost.',
    choose: 'Choose files',
    list: 'Files on their way',
    waiting: 'Waiting',
    sending: (sent: number, total: number) =>
      `Sending · ${percent(total > 0 ? sent / total : 0)} · ${bytes(sent)} / ${bytes(total)}`,
    paused: 'Paused',
    lost: 'The connection is lost. It goes on by itself when it is back.',
    whole: 'Received',
    pause: 'Pause',
    resume: 'Resume',
    remove: 'Remove',
    open: 'See how far it is',
  },
};
