import type { Notice } from '@linkcast/contracts';

/** A notice of yt-app, about a closed port unless the fields say otherwise. */
export function sampleNotice(fields: Partial<Notice> = {}): Notice {
  return {
    key: 'reachability-port-closed:2026-11-21T12:00:00.000Z',
    severity: 'warning',
    since: '2026-11-21T12:00:00.000Z',
    sentence: 'Port 443 is closed: lead it to <this machine> & 4433.',
    action: null,
    ...fields,
  };
}
