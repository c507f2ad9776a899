import type { Right } from './access.ts';

/** The parts that call others. Each has a key of its own, which no other part can read. */
export const serviceNames = ['nginx', 'icecast', 'worker', 'bot', 'certbot', 'yt-app'] as const;
export type ServiceName = (typeof serviceNames)[number];

/**
 * The rights of each part in the public API, besides the endpoints that name it. The bot acts for the people who write to it,
 * with their rights.
 */
export const rightsOfService = {
  bot: [],
  nginx: [],
  icecast: [],
  worker: [],
  certbot: [],
  'yt-app': [],
} as const satisfies Record<ServiceName, readonly Right[]>;
