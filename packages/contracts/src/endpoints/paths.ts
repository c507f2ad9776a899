/** Every path that a person or a part can meet, in one place. All are below the site's root. */
export const paths = {
  library: '/',
  watch: (mediaId: string) => `/watch/${mediaId}`,
  listen: (mediaId: string) => `/listen/${mediaId}`,
  collection: (id: string) => `/collections/${id}`,
  radio: '/radio',
  queue: '/queue',
  add: '/add',
  /** For owners: who was let in, and invitations. */
  people: '/people',
  /** Deleted items that can be restored. */
  trash: '/trash',
  storage: '/storage',
  /** The lists that a person follows. */
  following: '/following',
  activity: '/activity',
  /** The settings of a person: language, passkeys, devices, keys. */
  settings: '/settings',
  stream: '/play',
  masterPlaylist: (mediaId: string) => `/media/${mediaId}/index.m3u8`,
  audioFile: (mediaId: string) => `/media/${mediaId}/audio.mp3`,
  poster: (mediaId: string) => `/media/${mediaId}/poster.jpg`,
  signIn: '/sign-in',
  /** The code is in the fragment, which a browser keeps to itself: no log, no link preview and no referrer has it. */
  signInWith: (code: string) => `/sign-in#${code}`,
  join: '/join',
  /** The page that accepts an invitation; the code is in the fragment, as that of a sign-in. */
  joinWith: (code: string) => `/join#${code}`,
  /** The page of a share; everything of the shared item lies below it, so that relative addresses inherit the token. */
  share: (token: string) => `/s/${token}/`,
  sharedPlaylist: (token: string) => `/s/${token}/index.m3u8`,
  sharedAudioFile: (token: string) => `/s/${token}/audio.mp3`,
  sharedStream: (token: string) => `/s/${token}/play`,
  /** Path of ACME's HTTP-01 challenges. */
  acmeChallenges: '/.well-known/acme-challenge/',
  /** Path at which a request to the public name verifies that it has reached this installation. */
  selfCheck: '/.well-known/linkcast',
  api: '/api',
} as const;

/** The pages of the site for people who are signed in, besides those of one item and of one collection: the edge serves each, the site has a route for each. */
export const sitePages = [
  paths.library,
  paths.radio,
  paths.queue,
  paths.add,
  paths.following,
  paths.people,
  paths.activity,
  paths.trash,
  paths.storage,
  paths.settings,
] as const;
export type SitePage = (typeof sitePages)[number];
