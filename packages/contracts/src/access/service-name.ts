import type { Right } from './access.ts';

/** The parts that call others. Each has a key of its own, which no other part can read. */
export const serviceNames = ['nginx', 'icecast', 'worker', 'bot', 'certbot', 'yt-app'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** The rights of each part in the public API. The bot calls it for the people who write to it; the others have no business there. */
export const rightsOfService = {
  bot: ['watch', 'add', 'manage'],
  nginx: [],
  icecast: [],
  worker: [],
  certbot: [],
  'yt-app': [],
} as const satisfies Record<ServiceName, readonly Right[]>;
