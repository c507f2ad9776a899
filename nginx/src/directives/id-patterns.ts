import { MEDIA_ID, SESSION_TOKEN, SHARE_TOKEN } from '@linkcast/contracts';

/** The expressions of ids and tokens without their anchors, for use inside longer expressions of nginx. */
export const idPatterns = {
  mediaId: withoutAnchors(MEDIA_ID),
  sessionToken: withoutAnchors(SESSION_TOKEN),
  shareToken: withoutAnchors(SHARE_TOKEN),
} as const;

function withoutAnchors({ source }: RegExp): string {
  return source.replace(/^\^/, '').replace(/\$$/, '');
}
