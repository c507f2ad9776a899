/**
 * Between the edge and yt-app: may this request pass? `GET path` with the API token answers 204 or 401. The edge sends the
 * caller's session cookie, the share token out of the path in `shareHeader`, and in `wantsHeader` what the request is for.
 * For a share of a media item the answer names the item in `itemHeader`.
 */
export const accessDoor = {
  path: '/internal/access',
  shareHeader: 'x-share-token',
  wantsHeader: 'x-wants',
  itemHeader: 'x-shared-item',
  /** `site`: pages, files and the station, for a session. `share-item`, `share-station`: below `/s/:token/`, for a share. */
  wants: ['site', 'share-item', 'share-station'],
} as const;

/** 256 random bits in base64url. */
export const SESSION_TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** 128 random bits in base64url. */
export const SHARE_TOKEN = /^[A-Za-z0-9_-]{22}$/;

/** Names of the session cookie. Over HTTPS the prefix makes browsers hold it to this host, `/`, and `Secure`. */
export const sessionCookies = { https: '__Host-linkcast', http: 'linkcast' } as const;
