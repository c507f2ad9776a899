/** Every path that a person or a part can meet, in one place. All are below the site's root. */
export const paths = {
  library: '/',
  watch: (mediaId: string) => `/watch/${mediaId}`,
  listen: (mediaId: string) => `/listen/${mediaId}`,
  radio: '/radio',
  queue: '/queue',
  add: '/add',
  stream: '/play',
  masterPlaylist: (mediaId: string) => `/media/${mediaId}/index.m3u8`,
  audioFile: (mediaId: string) => `/media/${mediaId}/audio.mp3`,
  poster: (mediaId: string) => `/media/${mediaId}/poster.jpg`,
  api: '/api',
} as const;
