/** The parts of an installation, in the order in which they start. `worker` and `backup` are further programs of yt-app. */
export const partNames = [
  'yt-app',
  'egress',
  'worker',
  'icecast',
  'nginx',
  'ddns',
  'certbot',
  'bot',
  'backup',
] as const;
export type PartName = (typeof partNames)[number];
